/** The second example of README.md, so that it is compiled and run. */
package io.identitycache.hibernate.readme.associations;
