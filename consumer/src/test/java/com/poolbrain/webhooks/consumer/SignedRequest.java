package com.poolbrain.webhooks.consumer;

import com.poolbrain.webhooks.events.Envelope;
import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Signer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// A request as the service sends it.
record SignedRequest(byte[] body, Map<String, String> headers) {

  static final String SECRET = "whsec_3q2+796tvu/erb7v3q2+796tvu/erb7v3q2+796tvu8=";
  static final Instant OCCURRED_AT = Instant.parse("2026-02-13T06:42:24.705Z");
  private static final Signer SIGNER = new Signer(Secret.parse(SECRET));

  static SignedRequest of(UUID id, String event, String data) {
    return of(Envelope.write(id, event, 40, OCCURRED_AT, data.getBytes(StandardCharsets.US_ASCII)));
  }

  static SignedRequest of(String event, String data) {
    return of(UUID.randomUUID(), event, data);
  }

  static SignedRequest of(byte[] body) {
    Map<String, String> headers = new HashMap<>();
    headers.put("X-Webhook-Signature", SIGNER.sign(body));
    headers.put("X-Webhook-Attempt", "1");
    return new SignedRequest(body, headers);
  }

  static SignedRequest customerCreated() {
    return of("customer.created", "{\"customerId\":1001,\"displayName\":\"Ren\\u00e9e\"}");
  }

  String signature() {
    return Objects.requireNonNull(headers.get("X-Webhook-Signature"));
  }

  SignedRequest with(String header, String value) {
    Map<String, String> changed = new HashMap<>(headers);
    changed.put(header, value);
    return new SignedRequest(body, changed);
  }

  SignedRequest withBody(byte[] other) {
    return new SignedRequest(other, headers);
  }
}
