package io.identitycache.invalidation;

import io.identitycache.model.CachedAttribute;
import io.identitycache.model.CachedEntity;
import io.identitycache.model.CachedIndex;
import io.identitycache.model.IndexValue;
import io.identitycache.model.Tenant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a write has done to one row.
 *
 * @param entity whose row it is
 * @param tenant the writer's tenant, null where there are none
 * @param id the row's id
 * @param before the row's values in indexes, and in what its attributes are fetched by, before the
 *     write; empty for an insert, or if they are not known
 * @param after the same after the write; empty for a delete
 * @param changedAttributes the cached attributes whose value the write has changed, or may have
 * @param unchangedToo whether entries under unchanged values are affected as well: the write has
 *     set every column, and so may have undone what another transaction committed meanwhile
 */
public record EntityChange(
    CachedEntity<?> entity,
    @Nullable Tenant tenant,
    Object id,
    Map<CachedIndex, IndexValue> before,
    Map<CachedIndex, IndexValue> after,
    Set<CachedAttribute> changedAttributes,
    boolean unchangedToo) {}
