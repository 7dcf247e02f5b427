package com.poolbrain.webhooks.consumer;

import com.poolbrain.webhooks.events.Envelope;
import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Signer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Verifies a body of 1 KiB, as a consumer does.
@State(Scope.Benchmark)
public class WebhookVerifierBenchmark {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final int BODY_BYTES = 1024;

  private final byte[] body = body();
  private final WebhookVerifier verifier = WebhookVerifier.of(SECRET);
  private final WebhookVerifier rolled =
      WebhookVerifier.of("whsec_tH1rtY2tWoByteS0fBase64TextForTheB", SECRET);
  private final RequestHeaders headers =
      RequestHeaders.of(
          Map.of(Signer.SIGNATURE_HEADER, new Signer(Secret.parse(SECRET)).sign(body)));

  /// A verifier with the one secret.
  @Benchmark
  public Verification oneSecret() {
    return verifier.verify(body, headers);
  }

  /// A verifier whose second secret is the right one, as while a secret is rolled.
  @Benchmark
  public Verification secondSecret() {
    return rolled.verify(body, headers);
  }

  private static byte[] body() {
    UUID id = new UUID(1, 2);
    int frame = Envelope.write(id, "customer.created", 40, Instant.EPOCH, new byte[0]).length;
    String start = "{\"customerId\":1001,\"displayName\":\"";
    String data = start + "J".repeat(BODY_BYTES - frame - start.length() - 2) + "\"}";
    return Envelope.write(
        id, "customer.created", 40, Instant.EPOCH, data.getBytes(StandardCharsets.US_ASCII));
  }
}
