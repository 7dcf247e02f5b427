package com.poolbrain.webhooks.consumer;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// The log of a receiver: never a body and never a secret. Anybody can send requests with wrong
/// signatures, so they are logged once a minute.
final class ReceiverLog {

  private static final System.Logger LOG = System.getLogger("com.poolbrain.webhooks.consumer");
  private static final Duration SIGNATURE_INTERVAL = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final AtomicReference<Instant> nextSignatureLine = new AtomicReference<>(Instant.MIN);

  ReceiverLog(InstantSource clock) {
    this.clock = clock;
  }

  void unauthorized(Verification.Failure failure) {
    Instant now = clock.instant();
    Instant due = nextSignatureLine.get();
    if (now.isBefore(due) || !nextSignatureLine.compareAndSet(due, now.plus(SIGNATURE_INTERVAL))) {
      return;
    }
    String hint =
        failure instanceof Verification.Mismatch mismatch
            ? " Probable cause: " + mismatch.findHint().message()
            : "";
    LOG.log(
        Level.WARNING,
        "A webhook was refused: {0}{1} Further ones are not logged for a minute.",
        failure.message(),
        hint);
  }

  void malformed(String message) {
    LOG.log(Level.WARNING, "A verified webhook can''t be read: {0}", message);
  }

  void received(WebhookContext context, Reply reply) {
    LOG.log(Level.DEBUG, "{0}: {1}", context, reply.message());
  }

  void failed(WebhookContext context, Throwable cause) {
    LOG.log(Level.WARNING, context + " failed and has to be sent again.", cause);
  }

  void leaseLost(WebhookContext context) {
    LOG.log(
        Level.WARNING,
        "{0} took longer than its lease, so another process handles it too. Choose a longer lease,"
            + " or complete the claim in the transaction of the handler.",
        context);
  }

  void givenUp(WebhookContext context, Throwable cause) {
    LOG.log(Level.ERROR, context + " failed for the last time and is a dead letter now.", cause);
  }

  void inboxFailed(RuntimeException cause) {
    LOG.log(Level.ERROR, "The inbox failed. Trying again in a second.", cause);
  }

  void releaseFailed(WebhookContext context, RuntimeException cause) {
    LOG.log(
        Level.WARNING,
        context + " failed, and its claim can't be released. It can be claimed after its lease.",
        cause);
  }
}
