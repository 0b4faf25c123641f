/** The cache as an application sees it. */
@NullMarked
package io.identitycache;

import org.jspecify.annotations.NullMarked;
