package com.poolbrain.webhooks.engine.request;

import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.SigningSecrets;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.BenchmarkFixtures;
import com.poolbrain.webhooks.engine.ledger.Claim;
import java.time.Duration;
import java.util.UUID;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Creates the request of an attempt: body, signatures and headers.
@State(Scope.Benchmark)
public class WebhookRequestBenchmark {

  private static final String ACTIVE = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String NEXT = "whsec_tH1rtY2tWoByteS0fBase64TextForTheB";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final WebhookRequestFactory oneSecretFactory =
      new WebhookRequestFactory(BenchmarkFixtures.endpoint(1, SigningSecrets.of(ACTIVE)));
  private final WebhookRequestFactory twoSecretsFactory =
      new WebhookRequestFactory(
          BenchmarkFixtures.endpoint(1, new SigningSecrets(ACTIVE, NEXT, null, null)));
  private final Claim claim =
      new Claim(
          new UUID(0x0199_0000_0000_7000L, 2),
          new Event(
              new UUID(0x0199_0000_0000_7000L, 1),
              BenchmarkFixtures.COMPANY,
              BenchmarkFixtures.CREATED.name(),
              BenchmarkFixtures.NOW,
              1,
              BenchmarkFixtures.data()),
          new UUID(0x7000L, 1),
          BenchmarkFixtures.CREATED.name(),
          Trigger.AUTOMATIC,
          0,
          0,
          BenchmarkFixtures.NOW);

  /// One signature.
  @Benchmark
  public WebhookRequest oneSecret() {
    return oneSecretFactory.create(claim, BenchmarkFixtures.NOW, TIMEOUT);
  }

  /// Two signatures, as during the rotation of a secret.
  @Benchmark
  public WebhookRequest twoSecrets() {
    return twoSecretsFactory.create(claim, BenchmarkFixtures.NOW, TIMEOUT);
  }
}
