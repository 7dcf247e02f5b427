package com.poolbrain.webhooks.server.publish;

import static com.poolbrain.webhooks.server.publish.PublishReading.EVENT;
import static com.poolbrain.webhooks.server.publish.PublishReading.ITEM;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.engine.IdempotencyKey;
import com.poolbrain.webhooks.engine.Submission;
import com.poolbrain.webhooks.events.Catalogue;
import com.poolbrain.webhooks.server.http.Problem;
import com.poolbrain.webhooks.server.http.Problem.Fault;
import com.poolbrain.webhooks.server.http.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeysTest {

  private static final Publisher ANYBODY = new Publisher("k1", null, null);

  private final PublishReader reader = new PublishReader(Catalogue.released());

  private Submission read(String body) {
    return ((Reading.Read) reader.read(body.getBytes(UTF_8), ANYBODY)).submission();
  }

  private Problem refused(String body, Publisher publisher) {
    return ((Reading.Refused) reader.read(body.getBytes(UTF_8), publisher)).problem();
  }

  @Test
  void keysHaveTheScopeOfTheHeaderOrTheCompany() {
    String body = EVENT.replace("\"data\"", "\"idempotency_key\":\"a\",\"data\"");
    var publisher = new Publisher("k1", null, "whole");
    Submission submission =
        ((Reading.Read) reader.read(body.getBytes(UTF_8), publisher)).submission();
    assertThat(submission.repeatable().key()).isEqualTo(new IdempotencyKey("key:k1", "whole"));
    assertThat(submission.parts().getFirst().repeatable().key())
        .isEqualTo(new IdempotencyKey("company:40", "a"));
  }

  @Test
  void aFingerprintDependsOnContentAndNotOnLayout() {
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
    return read(body).parts().getFirst().repeatable().fingerprint();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "ä", "\u0007"})
  void keysThatAreNoneAreNamed(String key) {
    assertThat(refused(EVENT, new Publisher("k", null, key)).type()).isEqualTo(ProblemType.INVALID);
    String escaped = key.replace("\u0007", "\\u0007");
    String body = EVENT.replace("\"data\"", "\"idempotency_key\":\"" + escaped + "\",\"data\"");
    assertThat(refused(body, ANYBODY).errors())
        .extracting(Fault::pointer)
        .containsExactly("/idempotency_key");
  }
}
