package com.poolbrain.webhooks.consumer;

import com.poolbrain.webhooks.events.Envelope;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a handler may want to know about a webhook besides its items.
public final class WebhookContext {

  private static final Pattern ATTEMPT = Pattern.compile("[1-9][0-9]{0,8}");

  private final Envelope envelope;
  private final byte[] rawBody;
  private final int attempt;
  private final boolean test;
  private final @Nullable Claim claim;

  private WebhookContext(
      Envelope envelope, byte[] rawBody, int attempt, boolean test, @Nullable Claim claim) {
    this.envelope = envelope;
    this.rawBody = rawBody;
    this.attempt = attempt;
    this.test = test;
    this.claim = claim;
  }

  static WebhookContext of(Envelope envelope, byte[] rawBody, RequestHeaders headers) {
    String attempt = headers.get("X-Webhook-Attempt");
    return new WebhookContext(
        envelope,
        rawBody,
        attempt != null && ATTEMPT.matcher(attempt).matches() ? Integer.parseInt(attempt) : 1,
        "true".equals(headers.get("X-Webhook-Test")),
        null);
  }

  static WebhookContext of(Envelope envelope, InboxMessage message) {
    return new WebhookContext(envelope, message.rawBody(), message.attempt(), message.test(), null);
  }

  InboxMessage toInboxMessage() {
    return new InboxMessage(id(), rawBody, attempt, test);
  }

  WebhookContext withClaim(Claim newClaim) {
    return new WebhookContext(envelope, rawBody, attempt, test, newClaim);
  }

  /// The id of the delivery: the same on every attempt and on every redelivery. Log it.
  public UUID id() {
    return envelope.id();
  }

  /// The event name as it was sent: canonical or an alias.
  public String event() {
    return envelope.event();
  }

  /// The company in which the event occurred.
  public long companyId() {
    return envelope.companyId();
  }

  /// When the event occurred; the same on every attempt. Webhooks may arrive in another order.
  public Instant timestamp() {
    return envelope.timestamp();
  }

  /// The whole envelope. Its items have all fields as they were received, with those that this
  /// release does not know and the text of an unknown status.
  public Envelope envelope() {
    return envelope;
  }

  /// A copy of the body as it was received.
  public byte[] rawBody() {
    return rawBody.clone();
  }

  /// The number of this attempt, from 1. It comes from a header that is not signed.
  public int attempt() {
    return attempt;
  }

  /// Whether a person sent this webhook as a test. It comes from a header that is not signed, so
  /// don't skip a check because of it.
  public boolean isTest() {
    return test;
  }

  /// The claim of this delivery, with which a handler can complete it in its own transaction.
  ///
  /// @throws IllegalStateException if the webhook is handled without a claim
  public Claim claim() {
    if (claim == null) {
      throw new IllegalStateException("This webhook is handled without a claim.");
    }
    return claim;
  }

  /// A text without the contents of the webhook.
  @Override
  public String toString() {
    return "WebhookContext[" + id() + ", " + event() + ", attempt " + attempt + "]";
  }
}
