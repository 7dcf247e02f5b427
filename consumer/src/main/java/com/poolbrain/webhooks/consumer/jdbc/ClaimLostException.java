package com.poolbrain.webhooks.consumer.jdbc;

/// The lease of a claim ended and another process has the delivery now. The transaction of the
/// handler must be rolled back.
public final class ClaimLostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ClaimLostException(String message) {
    super(message);
  }
}
