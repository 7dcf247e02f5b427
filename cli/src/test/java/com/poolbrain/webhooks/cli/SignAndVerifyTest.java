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
  void verify_accepts_the_signature_that_sign_prints() {
    ProcessResult signed = ProcessResult.runWithInput(BODY, "sign", "--secret", SECRET);

    assertThat(signed.out()).matches("[0-9a-f]{64}\\R");
    assertThat(verify(BODY, signed.out().strip()).exitCode()).isZero();
  }

  /// Computed with `openssl dgst -sha256 -hmac key`.
  @Test
  void signature_is_the_hmac_of_the_raw_bytes() {
    String quickFox = "The quick brown fox jumps over the lazy dog";

    assertThat(ProcessResult.run("sign", "--secret", "key", "--body", quickFox).out().strip())
        .isEqualTo("f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8");
  }

  @Test
  void body_and_secret_are_read_from_files() throws IOException {
    Path body = Files.writeString(folder.resolve("body.json"), BODY);
    Path secret = Files.writeString(folder.resolve("secret.txt"), SECRET + "\n");

    ProcessResult signed =
        ProcessResult.run("sign", "--secret-file", secret.toString(), body.toString());

    assertThat(signed.out())
        .isEqualTo(ProcessResult.runWithInput(BODY, "sign", "--secret", SECRET).out());
  }

  @Test
  void verify_reports_an_added_line_end() {
    String signature = ProcessResult.runWithInput(BODY, "sign", "--secret", SECRET).out().strip();

    ProcessResult result = verify(BODY + "\n", signature);

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).contains("line end");
  }

  @Test
  void verify_reports_a_signature_prefix() {
    String signature = ProcessResult.runWithInput(BODY, "sign", "--secret", SECRET).out().strip();

    ProcessResult result = verify(BODY, "sha256=" + signature);

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).contains("prefix");
  }

  @Test
  void standard_webhooks_headers_verify_until_the_timestamp_expires() {
    long now = Instant.now().getEpochSecond();

    assertThat(verifyStandard(now).exitCode()).isZero();
    assertThat(verifyStandard(now - 301).out()).contains("more than five minutes ago");
  }

  @Test
  void bad_input_is_reported_in_one_line_with_exit_code_2() {
    assertUsage(ProcessResult.run("sign", "--body", BODY), "--secret");
    assertUsage(ProcessResult.run("sign", "--secret", "a b", "--body", BODY), "white space");
    assertUsage(ProcessResult.run("sign", "--secret", "a", "--body", BODY, "file"), "not both");
    assertUsage(ProcessResult.run("sign", "--secret", "a", "--timestamp", "1"), "--standard-id");
    assertUsage(
        ProcessResult.run("sign", "--secret", "a", "--standard-id", "1", "--body", BODY),
        "whsec_<base64");
  }

  @Test
  void missing_file_is_named() {
    ProcessResult result = ProcessResult.run("sign", "--secret", "a", "no-such-file");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("no-such-file").contains("no such file").hasLineCount(1);
  }

  private static void assertUsage(ProcessResult result, String text) {
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains(text).hasLineCount(1);
  }

  private static ProcessResult verify(String body, String signature) {
    return ProcessResult.runWithInput(body, "verify", "--secret", SECRET, "--signature", signature);
  }

  private static ProcessResult verifyStandard(long seconds) {
    String[] id = {"--secret", SECRET, "--standard-id", "7", "--timestamp", "" + seconds};
    ProcessResult signed = ProcessResult.runWithInput(BODY, concat(id, "sign"));
    String signature = signed.out().lines().toList().getLast().replace("webhook-signature: ", "");
    return ProcessResult.runWithInput(BODY, concat(id, "verify", "--signature", signature));
  }

  private static String[] concat(String[] options, String... first) {
    String[] all = Arrays.copyOf(first, first.length + options.length);
    System.arraycopy(options, 0, all, first.length, options.length);
    return all;
  }
}
