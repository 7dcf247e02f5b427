package com.poolbrain.webhooks.signature;

import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// Signs a body of typical size. Signers are reused, as in the service.
@State(Scope.Benchmark)
public class SignatureBenchmark {

  private final byte[] body =
      """
      {"id":"01990000-0000-7000-8000-000000000001","event":"customer.created","company_id":40,\
      "timestamp":"2026-02-13T06:42:24.705000Z","data":{"customerId":1001,"displayName":"John Doe"}}\
      """
          .getBytes(StandardCharsets.US_ASCII);
  private final Signer active = new Signer(Secret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
  private final Signer next = new Signer(Secret.parse("whsec_tH1rtY2tWoByteS0fBase64TextForTheB"));

  /// `X-Webhook-Signature`.
  @Benchmark
  public String oneSecret() {
    return active.sign(body);
  }

  /// The same and `X-Webhook-Signature-Next`, as during the rotation of a secret.
  @Benchmark
  public void twoSecrets(Blackhole signatures) {
    signatures.consume(active.sign(body));
    signatures.consume(next.sign(body));
  }
}
