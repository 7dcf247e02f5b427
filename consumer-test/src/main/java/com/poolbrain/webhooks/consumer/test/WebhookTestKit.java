package com.poolbrain.webhooks.consumer.test;

import com.poolbrain.webhooks.events.Envelope;
import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Signer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// Makes requests as the service sends them, signed with a secret of the test. Needs no network and
/// no service. Immutable; each `with…` method returns another kit.
///
/// ```java
/// var kit = WebhookTestKit.secret("whsec_for_tests");
/// TestWebhook webhook = kit.signed(Samples.customerCreated());
/// assertEquals(200, receiver.receive(webhook.body(), webhook.headers()).status());
/// assertEquals(200, receiver.receive(webhook.body(), webhook.attempt(2).headers()).status());
/// ```
public final class WebhookTestKit {

  private static final long DEFAULT_COMPANY = 40;
  private static final Instant DEFAULT_TIME = Instant.parse("2026-02-13T06:42:24.705Z");

  private final Signer signer;
  private final long companyId;
  private final Instant occurredAt;

  private WebhookTestKit(Signer signer, long companyId, Instant occurredAt) {
    this.signer = signer;
    this.companyId = companyId;
    this.occurredAt = occurredAt;
  }

  /// A kit that signs with this secret, which the consumer under test must have too.
  ///
  /// @throws IllegalArgumentException if it can't be a secret
  public static WebhookTestKit secret(String secret) {
    return new WebhookTestKit(new Signer(Secret.parse(secret)), DEFAULT_COMPANY, DEFAULT_TIME);
  }

  /// A kit whose events are of this company; 40 unless chosen.
  public WebhookTestKit withCompany(long newCompanyId) {
    return new WebhookTestKit(signer, newCompanyId, occurredAt);
  }

  /// A kit whose events occurred at this time. With an earlier time for the later request, events
  /// arrive out of order; with one long ago they are stale for `maxAge`.
  public WebhookTestKit withTime(Instant newTime) {
    return new WebhookTestKit(signer, companyId, newTime);
  }

  /// The first attempt of a new delivery.
  public TestWebhook signed(Sample sample) {
    UUID id = UUID.randomUUID();
    byte[] data = sample.data().getBytes(StandardCharsets.US_ASCII);
    byte[] body = Envelope.write(id, sample.event(), companyId, occurredAt, data);
    return request(id, sample.event(), body);
  }

  /// A signed request whose body is not a webhook, which a consumer must answer with 400.
  public TestWebhook signedGarbage() {
    return request(UUID.randomUUID(), "garbage", "{".getBytes(StandardCharsets.US_ASCII));
  }

  private TestWebhook request(UUID id, String event, byte[] body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("User-Agent", "PoolBrain-Webhooks/1.0");
    headers.put(Signer.SIGNATURE_HEADER, signer.sign(body));
    headers.put("X-Webhook-Event", event);
    headers.put("X-Webhook-Event-Id", UUID.randomUUID().toString());
    headers.put("X-Webhook-Attempt", "1");
    return new TestWebhook(id, body, headers);
  }
}
