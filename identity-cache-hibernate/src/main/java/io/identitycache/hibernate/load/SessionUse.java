package io.identitycache.hibernate.load;

import java.util.function.Function;
import org.hibernate.Session;

/** Gives a session of the library's own to a piece of reading, and ends it whatever happens. */
interface SessionUse {

  /** Opens a session that writes nothing, reads in it, and closes it. */
  <R> R read(Function<Session, R> reading);
}
