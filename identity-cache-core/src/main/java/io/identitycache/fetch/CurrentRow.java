package io.identitycache.fetch;

import io.identitycache.fetch.UsagePolicy.Caller;
import io.identitycache.fetch.UsagePolicy.Usage;
import io.identitycache.model.EntitySource;
import io.identitycache.model.Instances;
import io.identitycache.model.RowReader;
import io.identitycache.model.Tenant;
import org.jspecify.annotations.Nullable;

/**
 * One row as it is now, in the store and in the database: looks that fill nothing. Safe for use by
 * several threads.
 *
 * @param <E> the entity's class
 */
public final class CurrentRow<E> {

  private final EntitySource<E> source;
  private final ReadThrough readThrough;
  private final UsagePolicy usage;

  /** Looks at the source's rows. */
  public CurrentRow(EntitySource<E> source, ReadThrough readThrough, UsagePolicy usage) {
    this.source = source;
    this.readThrough = readThrough;
    this.usage = usage;
  }

  /** The caller's tenant. */
  public @Nullable Tenant tenant() {
    return caller().tenant();
  }

  /** What the store holds of the row; null for nothing, or nothing that can be read. */
  public @Nullable E stored(Object id) {
    Caller caller = caller();
    RowIndex index = new RowIndex(any -> rows(caller), caller.tenant(), false, new Instances());
    Object stored = readThrough.peek(index, new RowKey(source, id));
    return stored == null ? null : source.entity().javaType().cast(stored);
  }

  /**
   * The row in the database, without its associations to many, over the connection of this thread's
   * transaction if there is one; null if there is no such row. One query.
   */
  public @Nullable E inDatabase(Object id) {
    Object row = rows(caller()).row(id);
    return row == null ? null : source.entity().javaType().cast(row);
  }

  private Caller caller() {
    return usage.caller(source.entity());
  }

  private RowReader rows(Caller caller) {
    return caller.usage() == Usage.CACHE
        ? source.rows(caller.tenant())
        : source.rowsOfTransaction();
  }
}
