/**
 * What an application may set. Start with {@link io.identitycache.settings.Settings}; {@link
 * io.identitycache.settings.Setting} lists the names.
 */
@NullMarked
package io.identitycache.settings;

import org.jspecify.annotations.NullMarked;
