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

  private static final String TEXT = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final Secret SECRET = Secret.parse(TEXT);
  private static final byte[] BODY = utf8("{\"id\":1}");
  private static final String ID = "018f-id";
  private static final Instant SENT = Instant.ofEpochSecond(1_770_000_000);

  private final Verifier verifier = new Verifier(SECRET);
  private final Signer signer = new Signer(SECRET);
  private final String good = signer.sign(BODY);

  @Test
  void exactlyOneLowerCaseValueMatches() {
    assertThat(verifier.verify(good, BODY)).isEqualTo(Verification.MATCHES);
    assertThat(verifier.verify(null, BODY)).isEqualTo(Verification.MISSING);
    assertThat(verifier.verify("", BODY)).isEqualTo(Verification.MISSING);
    assertThat(verifier.verify(good.toUpperCase(Locale.ROOT), BODY))
        .isEqualTo(Verification.UPPER_CASE);
    assertThat(verifier.verify("sha256=" + good, BODY)).isEqualTo(Verification.HAS_PREFIX);
    assertThat(verifier.verify("v1," + good, BODY)).isEqualTo(Verification.HAS_PREFIX);
    assertThat(verifier.verify(good + "," + good, BODY)).isEqualTo(Verification.SEVERAL_VALUES);
    assertThat(verifier.verify(good + ", " + good, BODY)).isEqualTo(Verification.SEVERAL_VALUES);
    assertThat(verifier.verify(" " + good, BODY)).isEqualTo(Verification.WHITE_SPACE);
    assertThat(verifier.verify(good + "\n", BODY)).isEqualTo(Verification.WHITE_SPACE);
    assertThat(verifier.verify(good + "00", BODY)).isEqualTo(Verification.WRONG_LENGTH);
    assertThat(verifier.verify(good.substring(1) + "g", BODY)).isEqualTo(Verification.NOT_HEX);
    assertThat(verifier.verify("\u0661".repeat(64), BODY))
        .describedAs("digits, but not ASCII ones")
        .isEqualTo(Verification.NOT_HEX);
  }

  @Test
  void everySingleDigitCounts() {
    for (int i = 0; i < good.length(); i++) {
      char other = good.charAt(i) == '0' ? '1' : '0';
      String changed = good.substring(0, i) + other + good.substring(i + 1);

      assertThat(verifier.verify(changed, BODY)).isEqualTo(Verification.MISMATCH);
    }
  }

  @Test
  void theUsualMistakesAreNamed() {
    byte[] decoded = Base64.getDecoder().decode(TEXT.substring(6));
    String byDecodedKey = HexFormat.of().formatHex(new Hmac(decoded).digest(BODY));
    String withoutPrefix = new Signer(Secret.parse(TEXT.substring(6))).sign(BODY);

    assertThat(verifier.explain(good, BODY)).isEqualTo(Verification.MATCHES);
    assertThat(verifier.explain(good, utf8("{\"id\":1}\n"))).isEqualTo(Verification.LINE_END);
    assertThat(verifier.explain(signer.sign(utf8("{\"id\":1}\r\n")), BODY))
        .isEqualTo(Verification.LINE_END);
    assertThat(verifier.explain(signer.sign(utf8("{\"id\":1}\n")), BODY))
        .isEqualTo(Verification.LINE_END);
    assertThat(verifier.explain(byDecodedKey, BODY)).isEqualTo(Verification.KEY_DECODED);
    assertThat(verifier.explain(withoutPrefix, BODY)).isEqualTo(Verification.KEY_WITHOUT_PREFIX);
    assertThat(verifier.explain(signer.sign(utf8("{\"id\":2}")), BODY))
        .isEqualTo(Verification.MISMATCH);
    assertThat(verifier.explain("nonsense", BODY)).isEqualTo(Verification.NOT_HEX);
  }

  @Test
  void explainingNeverTrustsMoreThanVerifying() {
    assertThat(verifier.explain(good, utf8("{\"id\":1}\n")).matches()).isFalse();
    assertThat(new Verifier(Secret.parse("whsec_")).explain(good, BODY))
        .isEqualTo(Verification.MISMATCH);
  }

  @ParameterizedTest
  @CsvSource({"0, MATCHES", "300, MATCHES", "-300, MATCHES", "301, TOO_OLD", "-301, TOO_NEW"})
  void standardWebhooksAreBelievedForFiveMinutes(long later, Verification expected) {
    assertThat(standard(ID, "1770000000", signed(SECRET), SENT.plusSeconds(later)))
        .isEqualTo(expected);
  }

  @Test
  void oneMatchingValueOfAListIsEnough() {
    String old = signed(Secret.parse("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));

    assertThat(standard(ID, "1770000000", old + " " + signed(SECRET), SENT))
        .isEqualTo(Verification.MATCHES);
    assertThat(standard(ID, "1770000000", "v1a,AAAA " + signed(SECRET), SENT))
        .isEqualTo(Verification.MATCHES);
    assertThat(standard(ID, "1770000000", old, SENT)).isEqualTo(Verification.MISMATCH);
    assertThat(standard(ID, "1770000000", "v1a,AAAA", SENT))
        .isEqualTo(Verification.NO_KNOWN_VERSION);
  }

  @Test
  void idAndTimeArePartOfWhatStandardWebhooksSign() {
    assertThat(standard("other", "1770000000", signed(SECRET), SENT))
        .isEqualTo(Verification.MISMATCH);
    assertThat(standard(ID, "1770000001", signed(SECRET), SENT)).isEqualTo(Verification.MISMATCH);
  }

  @Test
  void missingStandardHeadersAreNamed() {
    String value = signed(SECRET);

    assertThat(standard(null, "1770000000", value, SENT)).isEqualTo(Verification.ID_MISSING);
    assertThat(standard(ID, "1770000000", null, SENT)).isEqualTo(Verification.MISSING);
    assertThat(standard(ID, null, value, SENT)).isEqualTo(Verification.TIMESTAMP_INVALID);
    assertThat(standard(ID, "-1", value, SENT)).isEqualTo(Verification.TIMESTAMP_INVALID);
    assertThat(standard(ID, "9".repeat(30), value, SENT)).isEqualTo(Verification.TIMESTAMP_INVALID);
    assertThat(
            new Verifier(Secret.parse("another-form"))
                .verifyStandard(new StandardHeaders(ID, "1770000000", value), BODY, SENT))
        .isEqualTo(Verification.SECRET_NOT_STANDARD);
  }

  @Test
  void everyResultHasASentenceOfItsOwn() {
    var sentences = new HashSet<String>();
    for (Verification result : Verification.values()) {
      assertThat(result.sentence()).endsWith(".");
      assertThat(sentences.add(result.sentence())).describedAs(result.name()).isTrue();
      assertThat(result.matches()).isEqualTo(result == Verification.MATCHES);
    }
  }

  private Verification standard(
      @Nullable String id, @Nullable String timestamp, @Nullable String signature, Instant now) {
    return verifier.verifyStandard(new StandardHeaders(id, timestamp, signature), BODY, now);
  }

  private static String signed(Secret secret) {
    return new Signer(secret).signStandard(ID, SENT.getEpochSecond(), BODY);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
