@NullMarked
package io.identitycache.hibernate.load;

import org.jspecify.annotations.NullMarked;
