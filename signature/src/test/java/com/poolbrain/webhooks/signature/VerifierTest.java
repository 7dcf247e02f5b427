package com.poolbrain.webhooks.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifierTest {

  private static final String SECRET_TEXT = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final Secret SECRET = Secret.parse(SECRET_TEXT);
  private static final byte[] BODY = utf8("{\"id\":1}");
  private static final String ID = "018f-id";
  private static final Instant SENT_AT = Instant.ofEpochSecond(1_770_000_000);

  private final Verifier verifier = new Verifier(SECRET);
  private final Signer signer = new Signer(SECRET);
  private final String validSignature = signer.sign(BODY);

  @Test
  void only_a_single_lower_case_hex_value_matches() {
    assertThat(verifier.verify(validSignature, BODY)).isEqualTo(VerificationResult.MATCHES);
    assertThat(verifier.verify(null, BODY)).isEqualTo(VerificationResult.SIGNATURE_MISSING);
    assertThat(verifier.verify("", BODY)).isEqualTo(VerificationResult.SIGNATURE_MISSING);
    assertThat(verifier.verify(validSignature.toUpperCase(Locale.ROOT), BODY))
        .isEqualTo(VerificationResult.UPPER_CASE);
    assertThat(verifier.verify("sha256=" + validSignature, BODY))
        .isEqualTo(VerificationResult.HAS_PREFIX);
    assertThat(verifier.verify("v1," + validSignature, BODY))
        .isEqualTo(VerificationResult.HAS_PREFIX);
    assertThat(verifier.verify(validSignature + "," + validSignature, BODY))
        .isEqualTo(VerificationResult.MULTIPLE_VALUES);
    assertThat(verifier.verify(validSignature + ", " + validSignature, BODY))
        .isEqualTo(VerificationResult.MULTIPLE_VALUES);
    assertThat(verifier.verify(" " + validSignature, BODY))
        .isEqualTo(VerificationResult.HAS_WHITE_SPACE);
    assertThat(verifier.verify(validSignature + "\n", BODY))
        .isEqualTo(VerificationResult.HAS_WHITE_SPACE);
    assertThat(verifier.verify(validSignature + "00", BODY))
        .isEqualTo(VerificationResult.WRONG_LENGTH);
    assertThat(verifier.verify(validSignature.substring(1) + "g", BODY))
        .isEqualTo(VerificationResult.NOT_HEX);
    assertThat(verifier.verify("\u0661".repeat(64), BODY))
        .describedAs("digits that are not ASCII")
        .isEqualTo(VerificationResult.NOT_HEX);
  }

  @Test
  void change_of_any_digit_is_a_mismatch() {
    for (int i = 0; i < validSignature.length(); i++) {
      char other = validSignature.charAt(i) == '0' ? '1' : '0';
      String changed = validSignature.substring(0, i) + other + validSignature.substring(i + 1);

      assertThat(verifier.verify(changed, BODY)).isEqualTo(VerificationResult.MISMATCH);
    }
  }

  @Test
  void explain_names_the_cause_of_a_mismatch() {
    byte[] decoded = Base64.getDecoder().decode(SECRET_TEXT.substring(6));
    String byDecodedKey = HexFormat.of().formatHex(new Hmac(decoded).digest(BODY));
    String withoutPrefix = new Signer(Secret.parse(SECRET_TEXT.substring(6))).sign(BODY);

    assertThat(verifier.explain(validSignature, BODY)).isEqualTo(VerificationResult.MATCHES);
    assertThat(verifier.explain(validSignature, utf8("{\"id\":1}\n")))
        .isEqualTo(VerificationResult.LINE_ENDING);
    assertThat(verifier.explain(signer.sign(utf8("{\"id\":1}\r\n")), BODY))
        .isEqualTo(VerificationResult.LINE_ENDING);
    assertThat(verifier.explain(signer.sign(utf8("{\"id\":1}\n")), BODY))
        .isEqualTo(VerificationResult.LINE_ENDING);
    assertThat(verifier.explain(byDecodedKey, BODY))
        .isEqualTo(VerificationResult.KEY_BASE64_DECODED);
    assertThat(verifier.explain(withoutPrefix, BODY))
        .isEqualTo(VerificationResult.KEY_WITHOUT_PREFIX);
    assertThat(verifier.explain(signer.sign(utf8("{\"id\":2}")), BODY))
        .isEqualTo(VerificationResult.MISMATCH);
    assertThat(verifier.explain("nonsense", BODY)).isEqualTo(VerificationResult.NOT_HEX);
  }

  @Test
  void explain_never_matches_where_verify_does_not() {
    assertThat(verifier.explain(validSignature, utf8("{\"id\":1}\n")).matches()).isFalse();
    assertThat(new Verifier(Secret.parse("whsec_")).explain(validSignature, BODY))
        .isEqualTo(VerificationResult.MISMATCH);
  }

  @ParameterizedTest
  @CsvSource({
    "0, MATCHES",
    "300, MATCHES",
    "-300, MATCHES",
    "301, TIMESTAMP_TOO_OLD",
    "-301, TIMESTAMP_TOO_NEW"
  })
  void standard_webhooks_timestamp_is_accepted_within_five_minutes(
      long secondsLater, VerificationResult expected) {
    assertThat(
            verifyStandardWebhooks(
                ID, "1770000000", signStandardWebhooks(SECRET), SENT_AT.plusSeconds(secondsLater)))
        .isEqualTo(expected);
  }

  @Test
  void one_matching_signature_in_the_list_is_enough() {
    String otherSignature =
        signStandardWebhooks(Secret.parse("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));

    assertThat(
            verifyStandardWebhooks(
                ID, "1770000000", otherSignature + " " + signStandardWebhooks(SECRET), SENT_AT))
        .isEqualTo(VerificationResult.MATCHES);
    assertThat(
            verifyStandardWebhooks(
                ID, "1770000000", "v1a,AAAA " + signStandardWebhooks(SECRET), SENT_AT))
        .isEqualTo(VerificationResult.MATCHES);
    assertThat(verifyStandardWebhooks(ID, "1770000000", otherSignature, SENT_AT))
        .isEqualTo(VerificationResult.MISMATCH);
    assertThat(verifyStandardWebhooks(ID, "1770000000", "v1a,AAAA", SENT_AT))
        .isEqualTo(VerificationResult.UNSUPPORTED_VERSION);
  }

  @Test
  void standard_webhooks_signature_covers_id_and_timestamp() {
    assertThat(verifyStandardWebhooks("other", "1770000000", signStandardWebhooks(SECRET), SENT_AT))
        .isEqualTo(VerificationResult.MISMATCH);
    assertThat(verifyStandardWebhooks(ID, "1770000001", signStandardWebhooks(SECRET), SENT_AT))
        .isEqualTo(VerificationResult.MISMATCH);
  }

  @Test
  void missing_or_invalid_standard_webhooks_headers_are_reported() {
    String value = signStandardWebhooks(SECRET);

    assertThat(verifyStandardWebhooks(null, "1770000000", value, SENT_AT))
        .isEqualTo(VerificationResult.ID_MISSING);
    assertThat(verifyStandardWebhooks(ID, "1770000000", null, SENT_AT))
        .isEqualTo(VerificationResult.SIGNATURE_MISSING);
    assertThat(verifyStandardWebhooks(ID, null, value, SENT_AT))
        .isEqualTo(VerificationResult.TIMESTAMP_INVALID);
    assertThat(verifyStandardWebhooks(ID, "-1", value, SENT_AT))
        .isEqualTo(VerificationResult.TIMESTAMP_INVALID);
    assertThat(verifyStandardWebhooks(ID, "9".repeat(30), value, SENT_AT))
        .isEqualTo(VerificationResult.TIMESTAMP_INVALID);
    assertThat(
            new Verifier(Secret.parse("another-form"))
                .verifyStandardWebhooks(
                    new StandardWebhooksHeaders(ID, "1770000000", value), BODY, SENT_AT))
        .isEqualTo(VerificationResult.UNSUPPORTED_SECRET);
  }

  @Test
  void every_result_has_its_own_message() {
    var messages = new HashSet<String>();
    for (VerificationResult result : VerificationResult.values()) {
      assertThat(result.message()).endsWith(".");
      assertThat(messages.add(result.message())).describedAs(result.name()).isTrue();
      assertThat(result.matches()).isEqualTo(result == VerificationResult.MATCHES);
    }
  }

  private VerificationResult verifyStandardWebhooks(
      @Nullable String id, @Nullable String timestamp, @Nullable String signature, Instant now) {
    return verifier.verifyStandardWebhooks(
        new StandardWebhooksHeaders(id, timestamp, signature), BODY, now);
  }

  private static String signStandardWebhooks(Secret secret) {
    return new Signer(secret).signStandardWebhooks(ID, SENT_AT.getEpochSecond(), BODY);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
