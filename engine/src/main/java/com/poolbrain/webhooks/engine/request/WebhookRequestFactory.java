package com.poolbrain.webhooks.engine.request;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.SigningSecrets;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.events.Envelope;
import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Signer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Creates the signed requests of one endpoint.
public final class WebhookRequestFactory {

  private static final Entry<String, String> CONTENT_TYPE =
      Map.entry("Content-Type", "application/json");
  private static final Entry<String, String> USER_AGENT =
      Map.entry("User-Agent", "PoolBrain-Webhooks/1.0");
  private static final Entry<String, String> ACCEPT_ENCODING =
      Map.entry("Accept-Encoding", "identity");
  private static final Entry<String, String> TEST_HEADER = Map.entry("X-Webhook-Test", "true");

  private final Endpoint endpoint;
  private @Nullable Signers signers;

  public WebhookRequestFactory(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  private record Signers(Signer active, @Nullable Signer next, @Nullable Signer previous) {

    static Signers of(SigningSecrets signingSecrets) {
      return new Signers(
          new Signer(Secret.parse(signingSecrets.active())),
          parseOrNull(signingSecrets.next()),
          parseOrNull(signingSecrets.previous()));
    }

    private static @Nullable Signer parseOrNull(@Nullable String secret) {
      return secret == null ? null : new Signer(Secret.parse(secret));
    }
  }

  /// The request of the next attempt of a claim.
  ///
  /// @param now time of the attempt; decides whether the previous secret still signs
  public WebhookRequest create(Claim claim, Instant now, Duration timeout) {
    byte[] body =
        Envelope.write(
            claim.id(),
            claim.eventName(),
            claim.event().companyId(),
            claim.event().occurredAt(),
            claim.event().data());
    return new WebhookRequest(endpoint.url(), headers(claim, body, now), body, timeout);
  }

  private List<Entry<String, String>> headers(Claim claim, byte[] body, Instant now) {
    Signers current = signers();
    List<Entry<String, String>> headers = new ArrayList<>(12);
    headers.add(CONTENT_TYPE);
    headers.add(Map.entry(Signer.SIGNATURE_HEADER, current.active.sign(body)));
    if (current.next != null) {
      headers.add(Map.entry(Signer.SIGNATURE_HEADER + "-Next", current.next.sign(body)));
    }
    Signer previous = endpoint.signingSecrets().previousAt(now) == null ? null : current.previous;
    if (previous != null) {
      headers.add(Map.entry(Signer.SIGNATURE_HEADER + "-Previous", previous.sign(body)));
    }
    headers.add(USER_AGENT);
    headers.add(ACCEPT_ENCODING);
    headers.add(Map.entry("X-Webhook-Event", claim.eventName()));
    headers.add(Map.entry("X-Webhook-Event-Id", claim.event().id().toString()));
    headers.add(Map.entry("X-Webhook-Attempt", Integer.toString(claim.attempts() + 1)));
    if (claim.trigger() == Trigger.TEST) {
      headers.add(TEST_HEADER);
    }
    if (endpoint.deliveryOptions().traceContext()) {
      headers.add(Map.entry("traceparent", traceParent(claim)));
    }
    if (endpoint.deliveryOptions().standardWebhooks()) {
      addStandardWebhooks(headers, claim.id().toString(), now.getEpochSecond(), body, previous);
    }
    return headers;
  }

  /// W3C Trace Context: the trace is the event, the parent span is this attempt, so both are found
  /// by the ids that the delivery log shows. The event is sampled, or a consumer that follows its
  /// caller would record nothing.
  private static String traceParent(Claim claim) {
    UUID trace = claim.event().id();
    long span = claim.id().getLeastSignificantBits() ^ (claim.attempts() + 1);
    HexFormat hex = HexFormat.of();
    return "00-"
        + hex.toHexDigits(trace.getMostSignificantBits())
        + hex.toHexDigits(trace.getLeastSignificantBits())
        + "-"
        + hex.toHexDigits(span)
        + "-01";
  }

  private void addStandardWebhooks(
      List<Entry<String, String>> headers,
      String id,
      long seconds,
      byte[] body,
      @Nullable Signer previous) {
    Signers current = signers();
    StringBuilder signatures =
        new StringBuilder(current.active.signStandardWebhooks(id, seconds, body));
    // Only the active secret is known to have the form that Standard Webhooks needs.
    if (current.next != null && current.next.supportsStandardWebhooks()) {
      signatures.append(' ').append(current.next.signStandardWebhooks(id, seconds, body));
    }
    if (previous != null && previous.supportsStandardWebhooks()) {
      signatures.append(' ').append(previous.signStandardWebhooks(id, seconds, body));
    }
    headers.add(Map.entry("webhook-id", id));
    headers.add(Map.entry("webhook-timestamp", Long.toString(seconds)));
    headers.add(Map.entry("webhook-signature", signatures.toString()));
  }

  private Signers signers() {
    Signers parsed = signers;
    if (parsed == null) {
      parsed = Signers.of(endpoint.signingSecrets());
      signers = parsed;
    }
    return parsed;
  }
}
