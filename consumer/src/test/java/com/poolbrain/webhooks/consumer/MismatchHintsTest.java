package com.poolbrain.webhooks.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Signer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// Each test makes a mistake of a consumer.
class MismatchHintsTest {

  private final SignedRequest request = SignedRequest.customerCreated();

  @Test
  void a_body_that_something_else_read_is_empty() {
    assertThat(hint(request.withBody(new byte[0]))).isEqualTo(MismatchHint.BODY_EMPTY);
  }

  @Test
  void a_body_that_was_parsed_and_written_again_is_recognised() {
    JsonMapper json = JsonMapper.shared();
    Object parsed = json.readValue(request.body(), Object.class);
    byte[] compact = json.writeValueAsBytes(parsed);
    byte[] pretty = json.writerWithDefaultPrettyPrinter().writeValueAsBytes(parsed);

    assertThat(hint(request.withBody(compact))).isEqualTo(MismatchHint.RE_SERIALIZED);
    assertThat(hint(request.withBody(pretty))).isEqualTo(MismatchHint.RE_SERIALIZED);
  }

  @Test
  void a_body_whose_fields_were_sorted_is_recognised() {
    String text = new String(request.body(), StandardCharsets.US_ASCII);
    int data = text.indexOf(",\"data\"");
    String reordered =
        "{" + text.substring(data + 1, text.length() - 1) + "," + text.substring(1, data) + "}";

    assertThat(hint(request.withBody(reordered.getBytes(StandardCharsets.US_ASCII))))
        .isEqualTo(MismatchHint.RE_SERIALIZED);
  }

  @Test
  void a_body_of_spaced_json_that_is_not_proven_is_still_suspected() {
    byte[] changed =
        "{\"id\": \"af1edcbb-4622-4653-8ee1-4cb9b2d242bd\"}".getBytes(StandardCharsets.US_ASCII);

    assertThat(hint(request.withBody(changed))).isEqualTo(MismatchHint.RE_SERIALIZED);
  }

  @Test
  void a_body_with_an_added_line_ending_is_recognised() {
    assertThat(hint(request.withBody(append(request.body(), "\n"))))
        .isEqualTo(MismatchHint.NEWLINE);
    assertThat(hint(request.withBody(append(request.body(), "\r\n"))))
        .isEqualTo(MismatchHint.NEWLINE);
  }

  @Test
  void a_body_in_another_charset_is_recognised() {
    String text = new String(request.body(), StandardCharsets.US_ASCII);

    assertThat(hint(request.withBody(text.getBytes(StandardCharsets.UTF_16LE))))
        .isEqualTo(MismatchHint.WRONG_CHARSET);
    assertThat(hint(request.withBody(text.getBytes(StandardCharsets.UTF_16))))
        .isEqualTo(MismatchHint.WRONG_CHARSET);
    assertThat(hint(request.withBody(("\uFEFF" + text).getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(MismatchHint.WRONG_CHARSET);
  }

  @Test
  void a_secret_in_quotes_is_recognised() {
    assertThat(hint("\"" + SignedRequest.SECRET + "\"", request))
        .isEqualTo(MismatchHint.SECRET_IN_QUOTES);
  }

  @Test
  void a_sender_that_strips_the_prefix_is_recognised() {
    var stripped = new Signer(Secret.parse(SignedRequest.SECRET.substring("whsec_".length())));

    assertThat(hint(request.with("X-Webhook-Signature", stripped.sign(request.body()))))
        .isEqualTo(MismatchHint.SECRET_WITHOUT_PREFIX);
  }

  @Test
  void another_secret_is_none_of_the_mistakes() {
    assertThat(hint("whsec_another_secret", request)).isEqualTo(MismatchHint.OTHER_SECRET_OR_BODY);
  }

  private static MismatchHint hint(SignedRequest request) {
    return hint(SignedRequest.SECRET, request);
  }

  private static MismatchHint hint(String secret, SignedRequest request) {
    Map<String, ?> headers = request.headers();
    Verification result =
        WebhookVerifier.of(secret).verify(request.body(), RequestHeaders.of(headers));
    assertThat(result).isInstanceOf(Verification.Mismatch.class);
    return ((Verification.Mismatch) result).findHint();
  }

  private static byte[] append(byte[] body, String text) {
    var extended = new ByteArrayOutputStream();
    extended.writeBytes(body);
    extended.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    return extended.toByteArray();
  }
}
