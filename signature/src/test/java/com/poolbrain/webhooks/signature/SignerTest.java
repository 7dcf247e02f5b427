package com.poolbrain.webhooks.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SignerTest {

  /// The test vector of the reference libraries of Standard Webhooks.
  @Test
  void signs_the_reference_vector_of_standard_webhooks() {
    var signer = new Signer(Secret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));

    assertThat(signer.supportsStandardWebhooks()).isTrue();
    String value =
        signer.signStandardWebhooks(
            "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, utf8("{\"test\": 2432232314}"));

    assertThat(value).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void standard_webhooks_signature_with_an_unsupported_secret_is_refused() {
    var signer = new Signer(Secret.parse("a-secret-of-their-own"));

    assertThat(signer.supportsStandardWebhooks()).isFalse();
    assertThatThrownBy(() -> signer.signStandardWebhooks("id", 1, utf8("{}")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("whsec_");
  }

  @Test
  void signer_is_thread_safe() throws InterruptedException, ExecutionException {
    var secret = Secret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    var signer = new Signer(secret);
    ExecutorService executor = Executors.newFixedThreadPool(8);
    try {
      List<Future<Integer>> wrong = new ArrayList<>();
      for (int seed = 0; seed < 8; seed++) {
        var random = new SplittableRandom(seed);
        wrong.add(executor.submit(() -> countWrongSignatures(signer, secret, random)));
      }
      for (Future<Integer> count : wrong) {
        assertThat(count.get()).isZero();
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static int countWrongSignatures(Signer signer, Secret secret, SplittableRandom random)
      throws GeneralSecurityException {
    int wrong = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] body = new byte[random.nextInt(300)];
      random.nextBytes(body);
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(utf8(secret.reveal()), "HmacSHA256"));
      if (!signer.sign(body).equals(HexFormat.of().formatHex(mac.doFinal(body)))) {
        wrong++;
      }
    }
    return wrong;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
