package com.poolbrain.webhooks.api.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.engine.intake.PublishRequest;
import com.poolbrain.webhooks.engine.ledger.IdempotencyKey;
import com.poolbrain.webhooks.http.problem.Problem.FieldError;
import com.poolbrain.webhooks.http.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeysTest extends PublishParserFixture {

  @Test
  void header_key_is_scoped_to_the_api_key_and_field_key_to_the_company() {
    String body = EVENT.replace("\"data\"", "\"idempotency_key\":\"a\",\"data\"");
    PublishRequest publishRequest = parseValid(body, "whole");
    assertThat(publishRequest.idempotentRequest().key())
        .isEqualTo(new IdempotencyKey("key:k1", "whole"));
    assertThat(publishRequest.events().getFirst().idempotentRequest().key())
        .isEqualTo(new IdempotencyKey("company:40", "a"));
  }

  @Test
  void fingerprint_depends_on_content_and_not_on_layout() {
    String body =
        "{\"idempotency_key\":\"a\",\"company_id\":40,\"event\":\"customer.created\",\"data\":%s}";
    byte[] first = fingerprint(body.formatted(ITEM));
    assertThat(fingerprint(body.formatted(ITEM.replace(":", " : ")))).isEqualTo(first);
    assertThat(
            fingerprint(
                body.formatted(ITEM)
                    .replace("\"company_id\":40,", "")
                    .replace("}}", "},\"company_id\":40}")))
        .isEqualTo(first);
    assertThat(fingerprint(body.formatted(ITEM.replace("7", "8")))).isNotEqualTo(first);
    assertThat(fingerprint(body.formatted("[" + ITEM + "," + ITEM + "]"))).isNotEqualTo(first);
    assertThat(fingerprint(body.formatted(ITEM).replace("{\"idem", "{\"operation\":\"x\",\"idem")))
        .isNotEqualTo(first);
  }

  private byte[] fingerprint(String body) {
    return parseValid(body).events().getFirst().idempotentRequest().fingerprint();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "ä", "\u0007"})
  void malformed_idempotency_key_is_rejected(String key) {
    assertThat(parseInvalid(EVENT.getBytes(UTF_8), PRINCIPAL, key).type())
        .isEqualTo(ProblemType.INVALID);
    String escaped = key.replace("\u0007", "\\u0007");
    String body = EVENT.replace("\"data\"", "\"idempotency_key\":\"" + escaped + "\",\"data\"");
    assertThat(parseInvalid(body).errors())
        .extracting(FieldError::pointer)
        .containsExactly("/idempotency_key");
  }
}
