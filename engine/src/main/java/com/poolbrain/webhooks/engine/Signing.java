package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Secrets;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.events.Envelope;
import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Signer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/// Makes the requests of one endpoint: the body, and the headers that say what it is and who sent
/// it.
final class Signing {

  private static final Entry<String, String> CONTENT_TYPE =
      Map.entry("Content-Type", "application/json");
  private static final Entry<String, String> USER_AGENT =
      Map.entry("User-Agent", "PoolBrain-Webhooks/1.0");
  private static final Entry<String, String> IDENTITY = Map.entry("Accept-Encoding", "identity");
  private static final Entry<String, String> TEST = Map.entry("X-Webhook-Test", "true");

  private final Endpoint endpoint;
  private @Nullable Signers signers;

  Signing(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  private record Signers(Signer active, @Nullable Signer next, @Nullable Signer previous) {

    static Signers of(Secrets secrets) {
      return new Signers(
          new Signer(Secret.parse(secrets.active())),
          optional(secrets.next()),
          optional(secrets.previous()));
    }

    private static @Nullable Signer optional(@Nullable String secret) {
      return secret == null ? null : new Signer(Secret.parse(secret));
    }
  }

  /// The request of the attempt that the claim is due for, signed as of now.
  Request sign(Claim claim, Instant now, Duration timeout) {
    byte[] body =
        Envelope.write(
            claim.id(),
            claim.name(),
            claim.event().companyId(),
            claim.event().occurredAt(),
            claim.event().data());
    return new Request(endpoint.url(), headers(claim, body, now), body, timeout);
  }

  private List<Entry<String, String>> headers(Claim claim, byte[] body, Instant now) {
    Signers with = signers();
    List<Entry<String, String>> headers = new ArrayList<>(12);
    headers.add(CONTENT_TYPE);
    headers.add(Map.entry(Signer.HEADER, with.active.sign(body)));
    if (with.next != null) {
      headers.add(Map.entry(Signer.HEADER + "-Next", with.next.sign(body)));
    }
    Signer previous = endpoint.secrets().previousAt(now) == null ? null : with.previous;
    if (previous != null) {
      headers.add(Map.entry(Signer.HEADER + "-Previous", previous.sign(body)));
    }
    headers.add(USER_AGENT);
    headers.add(IDENTITY);
    headers.add(Map.entry("X-Webhook-Event", claim.name()));
    headers.add(Map.entry("X-Webhook-Event-Id", claim.event().id().toString()));
    headers.add(Map.entry("X-Webhook-Attempt", Integer.toString(claim.attempts() + 1)));
    if (claim.trigger() == Trigger.TEST) {
      headers.add(TEST);
    }
    if (endpoint.tuning().standardWebhooks()) {
      addStandard(headers, claim.id().toString(), now.getEpochSecond(), body, previous);
    }
    return headers;
  }

  private void addStandard(
      List<Entry<String, String>> headers,
      String id,
      long seconds,
      byte[] body,
      @Nullable Signer previous) {
    Signers with = signers();
    StringBuilder signatures = new StringBuilder(with.active.signStandard(id, seconds, body));
    // A secret that is on its way in or out may be of another form; the active one never is here.
    if (with.next != null && with.next.signsStandard()) {
      signatures.append(' ').append(with.next.signStandard(id, seconds, body));
    }
    if (previous != null && previous.signsStandard()) {
      signatures.append(' ').append(previous.signStandard(id, seconds, body));
    }
    headers.add(Map.entry("webhook-id", id));
    headers.add(Map.entry("webhook-timestamp", Long.toString(seconds)));
    headers.add(Map.entry("webhook-signature", signatures.toString()));
  }

  private Signers signers() {
    Signers made = signers;
    if (made == null) {
      made = Signers.of(endpoint.secrets());
      signers = made;
    }
    return made;
  }
}
