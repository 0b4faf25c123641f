package io.identitycache.hibernate.state;

import io.identitycache.entry.ContentReader;
import io.identitycache.entry.ContentWriter;

/**
 * How the values of one Java type are written. A read value is a new one wherever the type is
 * mutable.
 *
 * @param <T> the type
 */
interface BasicForm<T> {

  void write(ContentWriter out, T value);

  T read(ContentReader in);
}
