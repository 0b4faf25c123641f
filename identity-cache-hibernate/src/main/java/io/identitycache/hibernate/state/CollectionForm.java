package io.identitycache.hibernate.state;

import io.identitycache.entry.ContentReader;
import io.identitycache.entry.ContentWriter;
import java.util.Collection;
import org.hibernate.collection.spi.CollectionSemantics;

/** A collection of basic values that is one column, such as a SQL array. */
final class CollectionForm implements BasicForm<Collection<Object>> {

  private final CollectionSemantics<?, ?> semantics;
  private final BasicForm<Object> item;

  @SuppressWarnings("unchecked")
  CollectionForm(CollectionSemantics<?, ?> semantics, BasicForm<?> item) {
    this.semantics = semantics;
    this.item = (BasicForm<Object>) item;
  }

  @Override
  public void write(ContentWriter out, Collection<Object> values) {
    out.writeCount(values.size());
    for (Object value : values) {
      ArrayForm.writeItem(out, item, value);
    }
  }

  @Override
  @SuppressWarnings({
    "unchecked",
    "NullAway"
  }) // Hibernate itself gives no collection persister here
  public Collection<Object> read(ContentReader in) {
    int size = in.readCount();
    Collection<Object> values = (Collection<Object>) semantics.instantiateRaw(size, null);
    for (int i = 0; i < size; i++) {
      values.add(ArrayForm.readItem(in, item));
    }
    return values;
  }
}
