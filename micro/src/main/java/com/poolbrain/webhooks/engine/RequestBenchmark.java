package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.Secrets;
import com.poolbrain.webhooks.domain.Trigger;
import java.time.Duration;
import java.util.UUID;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// The request of an attempt as the service makes it: body, signatures and headers.
@State(Scope.Benchmark)
public class RequestBenchmark {

  private static final String ACTIVE = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String NEXT = "whsec_tH1rtY2tWoByteS0fBase64TextForTheB";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Signing one = new Signing(Bench.endpoint(1, Secrets.of(ACTIVE)));
  private final Signing two = new Signing(Bench.endpoint(1, new Secrets(ACTIVE, NEXT, null, null)));
  private final Claim claim =
      new Claim(
          new UUID(0x0199_0000_0000_7000L, 2),
          new Event(
              new UUID(0x0199_0000_0000_7000L, 1),
              Bench.COMPANY,
              Bench.CREATED.name(),
              Bench.NOW,
              1,
              Bench.data()),
          new UUID(0x7000L, 1),
          Bench.CREATED.name(),
          Trigger.AUTOMATIC,
          0,
          0,
          Bench.NOW);

  /// With one signature.
  @Benchmark
  public Request oneSecret() {
    return one.sign(claim, Bench.NOW, TIMEOUT);
  }

  /// With two, while a secret rolls.
  @Benchmark
  public Request twoSecrets() {
    return two.sign(claim, Bench.NOW, TIMEOUT);
  }
}
