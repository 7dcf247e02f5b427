package com.poolbrain.webhooks.transport;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who waits for a connection to one host, in the order of their arrival, and since when somebody
/// has without a break. Guarded by the lock of [Host]; times are monotonic nanoseconds.
final class Callers {

  /// Who waits for a connection.
  static final class Caller {
    final Thread thread = Thread.currentThread();
    final List<Route> routes;
    final long dialsAt;
    private final boolean takesKept;
    @Nullable Connection given;

    /// @param takesKept whether one will do that something was sent on before
    /// @param dialsAt when it no longer waits for one to come back, but makes one
    Caller(List<Route> routes, boolean takesKept, long dialsAt) {
      this.routes = routes;
      this.takesKept = takesKept;
      this.dialsAt = dialsAt;
    }

    private boolean takes(Route route) {
      return takesKept && routes.contains(route);
    }
  }

  private final ArrayDeque<Caller> waiting = new ArrayDeque<>(0);
  private long since;

  void add(Caller caller, long now) {
    if (waiting.isEmpty()) {
      since = now;
    }
    waiting.add(caller);
  }

  void remove(Caller caller) {
    waiting.remove(caller);
  }

  /// Who waits longest.
  @Nullable Caller first() {
    return waiting.peek();
  }

  int count() {
    return waiting.size();
  }

  /// When the first came of those who have waited without a break since; of no meaning if nobody
  /// waits.
  long since() {
    return since;
  }

  /// Takes out who waits longest of those to whom a connection by this route will do.
  @Nullable Caller takeFor(Route route) {
    for (Iterator<Caller> each = waiting.iterator(); each.hasNext(); ) {
      Caller caller = each.next();
      if (caller.takes(route)) {
        each.remove();
        return caller;
      }
    }
    return null;
  }
}
