package com.poolbrain.webhooks.management;

/// Ends a change in the middle of its transaction, so that nothing is changed. [AuditedChanges]
/// turns it into [Result.Refused].
public final class RefusedChange extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String advice;

  private RefusedChange(String advice) {
    super(advice, null, false, false);
    this.advice = advice;
  }

  /// Refuses a change.
  ///
  /// @param advice says why, and what to do
  public static void when(boolean isRefused, String advice) {
    if (isRefused) {
      throw new RefusedChange(advice);
    }
  }

  String advice() {
    return advice;
  }
}
