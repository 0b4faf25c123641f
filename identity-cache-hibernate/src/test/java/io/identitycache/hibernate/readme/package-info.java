/**
 * The code in README.md, compiled and run. {@code ReadmeTest} compares the two: change both
 * together.
 */
@NullMarked
package io.identitycache.hibernate.readme;

import org.jspecify.annotations.NullMarked;
