package com.poolbrain.webhooks.engine.ledger;

import org.jspecify.annotations.Nullable;

/// A call to the [Ledger] failed. The subclass says what is known about its effect.
public abstract sealed class LedgerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LedgerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /// The database can't be reached or is full. Nothing was stored; a later try may succeed.
  public static sealed class Unavailable extends LedgerException permits TimedOut {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message, Throwable cause) {
      super(message, cause);
    }

    public Unavailable(String message) {
      super(message, null);
    }
  }

  /// The database cancelled the call because it exceeded its time limit. Nothing was stored.
  public static final class TimedOut extends Unavailable {
    private static final long serialVersionUID = 1L;

    public TimedOut(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// The connection was lost during the commit, or the wait for it ended. The call may have been
  /// stored, or may be stored soon.
  public static final class CommitUnknown extends LedgerException {
    private static final long serialVersionUID = 1L;

    public CommitUnknown(String message, Throwable cause) {
      super(message, cause);
    }

    public CommitUnknown(String message) {
      super(message, null);
    }
  }

  /// The database rejected the content. Nothing was stored, and a repeat will fail too.
  public static final class Rejected extends LedgerException {
    private static final long serialVersionUID = 1L;

    public Rejected(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
