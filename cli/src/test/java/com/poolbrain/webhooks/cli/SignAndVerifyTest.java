package com.poolbrain.webhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignAndVerifyTest {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAAAAAAAAAAA=";
  private static final String BODY = "{\"id\":\"1\"}";

  @TempDir private Path folder;

  @Test
  void whatSignPrintsVerifyAccepts() {
    Run signed = Run.withInput(BODY, "sign", "--secret", SECRET);

    assertThat(signed.out()).matches("[0-9a-f]{64}\\R");
    assertThat(verify(BODY, signed.out().strip()).exitCode()).isZero();
  }

  /// Computed with `openssl dgst -sha256 -hmac key`.
  @Test
  void theSignatureIsTheHmacOfTheRawBytes() {
    String quickFox = "The quick brown fox jumps over the lazy dog";

    assertThat(Run.of("sign", "--secret", "key", "--body", quickFox).out().strip())
        .isEqualTo("f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8");
  }

  @Test
  void bodyAndSecretMayComeFromFiles() throws IOException {
    Path body = Files.writeString(folder.resolve("body.json"), BODY);
    Path secret = Files.writeString(folder.resolve("secret.txt"), SECRET + "\n");

    Run signed = Run.of("sign", "--secret-file", secret.toString(), body.toString());

    assertThat(signed.out()).isEqualTo(Run.withInput(BODY, "sign", "--secret", SECRET).out());
  }

  @Test
  void verifySaysThatTheLineEndIsWhatDiffers() {
    String signature = Run.withInput(BODY, "sign", "--secret", SECRET).out().strip();

    Run run = verify(BODY + "\n", signature);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("line end");
  }

  @Test
  void verifySaysThatThePrefixIsWhatDiffers() {
    String signature = Run.withInput(BODY, "sign", "--secret", SECRET).out().strip();

    Run run = verify(BODY, "sha256=" + signature);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("prefix");
  }

  @Test
  void standardWebhooksHeadersVerifyUntilTheyAreTooOld() {
    long now = Instant.now().getEpochSecond();

    assertThat(verifyStandard(now).exitCode()).isZero();
    assertThat(verifyStandard(now - 301).out()).contains("more than five minutes ago");
  }

  @Test
  void badInputIsOneSentenceAndExitCodeTwo() {
    assertUsage(Run.of("sign", "--body", BODY), "--secret");
    assertUsage(Run.of("sign", "--secret", "a b", "--body", BODY), "white space");
    assertUsage(Run.of("sign", "--secret", "a", "--body", BODY, "file"), "not both");
    assertUsage(Run.of("sign", "--secret", "a", "--timestamp", "1"), "--standard-id");
    assertUsage(
        Run.of("sign", "--secret", "a", "--standard-id", "1", "--body", BODY), "whsec_<base64");
  }

  @Test
  void aFileThatIsMissingIsNamed() {
    Run run = Run.of("sign", "--secret", "a", "no-such-file");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("no-such-file").contains("no such file").hasLineCount(1);
  }

  private static void assertUsage(Run run, String words) {
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(words).hasLineCount(1);
  }

  private static Run verify(String body, String signature) {
    return Run.withInput(body, "verify", "--secret", SECRET, "--signature", signature);
  }

  private static Run verifyStandard(long seconds) {
    String[] id = {"--secret", SECRET, "--standard-id", "7", "--timestamp", "" + seconds};
    Run signed = Run.withInput(BODY, with(id, "sign"));
    String signature = signed.out().lines().toList().getLast().replace("webhook-signature: ", "");
    return Run.withInput(BODY, with(id, "verify", "--signature", signature));
  }

  private static String[] with(String[] options, String... first) {
    String[] all = Arrays.copyOf(first, first.length + options.length);
    System.arraycopy(options, 0, all, first.length, options.length);
    return all;
  }
}
