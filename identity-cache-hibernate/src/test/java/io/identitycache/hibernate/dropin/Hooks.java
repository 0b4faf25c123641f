package io.identitycache.hibernate.dropin;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.hibernate.BaseSessionEventListener;
import org.hibernate.Interceptor;
import org.hibernate.Transaction;
import org.hibernate.resource.jdbc.spi.StatementInspector;

/** What an application may hook into Hibernate for itself, each in the only place there is. */
final class Hooks implements Interceptor, StatementInspector {

  private static final long serialVersionUID = 1;

  final transient List<String> calls = new CopyOnWriteArrayList<>();
  final transient List<String> statements = new CopyOnWriteArrayList<>();

  @Override
  public void afterTransactionBegin(Transaction transaction) {
    calls.add("begin");
  }

  @Override
  public void beforeTransactionCompletion(Transaction transaction) {
    calls.add("before completion");
  }

  @Override
  public void afterTransactionCompletion(Transaction transaction) {
    calls.add("after completion");
  }

  @Override
  public String inspect(String sql) {
    statements.add(sql);
    return sql + " /* of the shop */";
  }

  /** Made by Hibernate, one for each session. */
  public static final class OfSession extends BaseSessionEventListener {

    private static final long serialVersionUID = 1;

    static final AtomicInteger COMPLETED = new AtomicInteger();

    @Override
    public void transactionCompletion(boolean successful) {
      COMPLETED.incrementAndGet();
    }
  }
}
