package io.identitycache.model;

/**
 * A validated declaration: one attribute that is cached by itself.
 *
 * @param path its name, or its path through embeddables
 * @param type its Java type, boxed
 * @param by what it is fetched by; its key space is this attribute's own
 * @param byId whether that is the id; then {@code by} is unique and has one attribute for each of
 *     the id's parts, in the order of {@link CachedEntity.Identifier#parts}
 */
public record CachedAttribute(String path, Class<?> type, CachedIndex by, boolean byId) {}
