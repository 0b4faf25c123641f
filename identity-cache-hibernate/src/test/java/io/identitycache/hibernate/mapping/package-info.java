@NullMarked
package io.identitycache.hibernate.mapping;

import org.jspecify.annotations.NullMarked;
