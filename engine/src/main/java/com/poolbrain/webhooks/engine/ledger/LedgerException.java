package com.poolbrain.webhooks.engine.ledger;

import org.jspecify.annotations.Nullable;

/// A call to the [Ledger] that did not do what it was asked.
public abstract sealed class LedgerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LedgerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /// The store can't be reached or is full; nothing of the call was stored. It may work later.
  public static sealed class Unavailable extends LedgerException permits TimedOut {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message, Throwable cause) {
      super(message, cause);
    }

    public Unavailable(String message) {
      super(message, null);
    }
  }

  /// The store gave it up, because it took longer than it may; nothing of the call was stored.
  public static final class TimedOut extends Unavailable {
    private static final long serialVersionUID = 1L;

    public TimedOut(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// The connection was lost while committing, or nobody waits longer: the call may have been
  /// stored, or be stored soon.
  public static final class CommitUnknown extends LedgerException {
    private static final long serialVersionUID = 1L;

    public CommitUnknown(String message, Throwable cause) {
      super(message, cause);
    }

    public CommitUnknown(String message) {
      super(message, null);
    }
  }

  /// The store refused this very content; nothing of the call was stored, and repeating it won't
  /// help.
  public static final class Rejected extends LedgerException {
    private static final long serialVersionUID = 1L;

    public Rejected(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
