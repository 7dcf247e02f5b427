package com.poolbrain.webhooks.consumer.test;

import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Signer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// A request as the service sends it. Immutable; each `with…` method returns another request.
public final class TestWebhook {

  private final UUID id;
  private final byte[] body;
  private final Map<String, String> headers;

  TestWebhook(UUID id, byte[] body, Map<String, String> headers) {
    this.id = id;
    this.body = body;
    this.headers = Map.copyOf(headers);
  }

  /// The id of the delivery.
  public UUID id() {
    return id;
  }

  /// A copy of the body.
  public byte[] body() {
    return body.clone();
  }

  /// The headers, one value each.
  public Map<String, String> headers() {
    return headers;
  }

  /// The same delivery at a later attempt: same id and body, as after a lost response.
  public TestWebhook attempt(int number) {
    return withHeader("X-Webhook-Attempt", Integer.toString(number));
  }

  /// The same request signed with another secret, which a consumer must refuse with 401.
  public TestWebhook withWrongSignature() {
    return withHeader(Signer.SIGNATURE_HEADER, new Signer(Secret.parse("whsec_wrong")).sign(body));
  }

  /// The same request without a signature, which a consumer must refuse with 401.
  public TestWebhook withoutSignature() {
    Map<String, String> changed = new LinkedHashMap<>(headers);
    changed.remove(Signer.SIGNATURE_HEADER);
    return new TestWebhook(id, body, changed);
  }

  /// The same signature with another body, which a consumer must refuse with 401.
  public TestWebhook withBody(byte[] newBody) {
    return new TestWebhook(id, newBody.clone(), headers);
  }

  /// The same request with another header, or another value of it.
  public TestWebhook withHeader(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(headers);
    changed.put(name, value);
    return new TestWebhook(id, body, changed);
  }

  /// A text without the contents.
  @Override
  public String toString() {
    return "TestWebhook[" + id + "]";
  }
}
