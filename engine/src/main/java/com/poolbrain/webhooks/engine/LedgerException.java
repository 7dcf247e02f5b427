package com.poolbrain.webhooks.engine;

import org.jspecify.annotations.Nullable;

/// A call to the [Ledger] that did not do what it was asked.
public abstract sealed class LedgerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LedgerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /// The store can't be reached or is full; nothing of the call was stored. It may work later.
  public static sealed class Away extends LedgerException permits TooSlow {
    private static final long serialVersionUID = 1L;

    public Away(String message, Throwable cause) {
      super(message, cause);
    }

    Away(String message) {
      super(message, null);
    }
  }

  /// The store gave it up, because it took longer than it may; nothing of the call was stored.
  public static final class TooSlow extends Away {
    private static final long serialVersionUID = 1L;

    public TooSlow(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// The connection was lost while committing, or nobody waits longer: the call may have been
  /// stored, or be stored soon.
  public static final class InDoubt extends LedgerException {
    private static final long serialVersionUID = 1L;

    public InDoubt(String message, Throwable cause) {
      super(message, cause);
    }

    InDoubt(String message) {
      super(message, null);
    }
  }

  /// The store refused this very content; nothing of the call was stored, and repeating it won't
  /// help.
  public static final class Refused extends LedgerException {
    private static final long serialVersionUID = 1L;

    public Refused(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
