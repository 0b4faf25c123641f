package io.identitycache.hibernate.transaction;

import io.identitycache.fetch.UsagePolicy;
import io.identitycache.invalidation.AffectedRows;
import io.identitycache.invalidation.OngoingTransaction;
import io.identitycache.model.CachedEntity;
import io.identitycache.model.Tenant;
import io.identitycache.settings.Bypass;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.FlushMode;
import org.hibernate.binder.internal.TenantIdBinder;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a fetch may do by the transactions that its factory has open on the thread. Safe for
 * use by several threads.
 */
public final class TransactionUsage implements UsagePolicy, OngoingTransaction {

  private final SessionFactoryImplementor factory;
  private final TransactionWatch watch;
  private final Bypass bypass;
  private final boolean multiTenant;
  private final CommitInvalidation invalidation;

  /** Decides for a factory. */
  public TransactionUsage(
      SessionFactoryImplementor factory,
      TransactionWatch watch,
      Bypass bypass,
      boolean multiTenant,
      CommitInvalidation invalidation) {
    this.factory = factory;
    this.watch = watch;
    this.bypass = bypass;
    this.multiTenant = multiTenant;
    this.invalidation = invalidation;
  }

  @Override
  public Caller caller(CachedEntity<?> entity) {
    List<WatchedTransaction> transactions = watch.onThisThread(factory);
    Usage usage = Usage.CACHE;
    SharedSessionContractImplementor session = null;
    for (WatchedTransaction transaction : transactions) {
      session = transaction.session();
      if (session != null && (isWriting(transaction, session) || isFiltered(session))) {
        usage = Usage.SESSION;
      } else if (usage == Usage.CACHE) {
        usage = Usage.CACHE_IN_READ_ONLY_TRANSACTION;
      }
    }
    return new Caller(usage, tenant(session));
  }

  private boolean isWriting(
      WatchedTransaction transaction, SharedSessionContractImplementor session) {
    if (transaction.isDirty()) {
      return true;
    }
    if (!(session instanceof SessionImplementor stateful)) {
      return bypass == Bypass.TRANSACTION;
    }
    if (stateful.getActionQueue().hasAnyQueuedActions()) {
      return true;
    }
    return bypass == Bypass.TRANSACTION && !isReadOnly(stateful);
  }

  /** Spring's read-only transactions are recognised by the flush mode that it gives them. */
  private static boolean isReadOnly(SessionImplementor session) {
    return session.isDefaultReadOnly() || session.getHibernateFlushMode() == FlushMode.MANUAL;
  }

  /** What was stored without the application's filters must not answer a session that has some. */
  private static boolean isFiltered(SharedSessionContractImplementor session) {
    if (!session.getLoadQueryInfluencers().hasEnabledFilters()) {
      return false;
    }
    // with @TenantId there is always one, which the tenant in the key stands for
    Set<String> filters = new HashSet<>(session.getLoadQueryInfluencers().getEnabledFilterNames());
    filters.remove(TenantIdBinder.FILTER_NAME);
    return !filters.isEmpty();
  }

  private @Nullable Tenant tenant(@Nullable SharedSessionContractImplementor session) {
    return session != null ? tenantOf(session) : currentTenant();
  }

  /** The tenant that the application names for this thread; null where there are no tenants. */
  public @Nullable Tenant currentTenant() {
    if (!multiTenant) {
      return null;
    }
    CurrentTenantIdentifierResolver<Object> resolver = factory.getCurrentTenantIdentifierResolver();
    return resolver == null ? null : named(resolver.resolveCurrentTenantIdentifier());
  }

  /** The tenant of a session; null where there are no tenants. */
  public @Nullable Tenant tenantOf(SharedSessionContractImplementor session) {
    return multiTenant ? named(session.getTenantIdentifierValue()) : null;
  }

  private @Nullable Tenant named(@Nullable Object tenant) {
    // the identifier itself is kept: not every type of them can be made of its text
    return tenant == null
        ? null
        : new Tenant(tenant, factory.getTenantIdentifierJavaType().toString(tenant));
  }

  @Override
  public boolean defer(AffectedRows rows) {
    List<WatchedTransaction> transactions = watch.onThisThread(factory);
    for (int i = transactions.size() - 1; i >= 0; i--) {
      WatchedTransaction transaction = transactions.get(i);
      SharedSessionContractImplementor session = transaction.session();
      if (session instanceof SessionImplementor stateful
          && isReadOnly(stateful)
          && !transaction.isDirty()) {
        continue;
      }
      transaction.add(invalidation, known -> known.addAll(rows));
      return true;
    }
    return false;
  }
}
