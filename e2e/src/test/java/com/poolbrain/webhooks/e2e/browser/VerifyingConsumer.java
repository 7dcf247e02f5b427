package com.poolbrain.webhooks.e2e.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedConnection;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A consumer with one signing secret, written after the guide for consumers alone. It answers 401
/// unless one of the signature headers that it reads matches.
final class VerifyingConsumer implements AutoCloseable {

  private final HttpsReceiver receiver = HttpsReceiver.scripted(this::serve);
  private final Set<String> headers;
  private final List<String> accepted = new CopyOnWriteArrayList<>();
  private final List<String> refused = new CopyOnWriteArrayList<>();
  private volatile String secret = "";

  private VerifyingConsumer(Set<String> headers) {
    this.headers = headers;
  }

  /// A consumer that reads `X-Webhook-Signature` alone.
  static VerifyingConsumer readingOneHeader() {
    return new VerifyingConsumer(Set.of("X-Webhook-Signature"));
  }

  /// A consumer that accepts a match in any signature header.
  static VerifyingConsumer readingAllHeaders() {
    return new VerifyingConsumer(
        Set.of("X-Webhook-Signature", "X-Webhook-Signature-Next", "X-Webhook-Signature-Previous"));
  }

  private void serve(ScriptedConnection connection) throws IOException {
    while (true) {
      ReceivedRequest request = connection.readRequest();
      boolean isGenuine = isGenuine(request);
      (isGenuine ? accepted : refused).add(request.deliveryId());
      connection.respond(isGenuine ? 204 : 401, "");
    }
  }

  private boolean isGenuine(ReceivedRequest request) {
    String expected = sign(request.body());
    return request.headers().stream()
        .filter(header -> headers.contains(header.getKey()))
        .map(Map.Entry::getValue)
        .anyMatch(expected::equals);
  }

  private String sign(byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Installs another secret in the place of the present one.
  void install(String newSecret) {
    secret = newSecret;
  }

  URI url() {
    return receiver.url();
  }

  /// Ids of the deliveries that were acknowledged.
  List<String> accepted() {
    return accepted;
  }

  /// Ids of the deliveries that were answered with 401, one for each attempt.
  List<String> refused() {
    return refused;
  }

  @Override
  public void close() {
    receiver.close();
  }
}
