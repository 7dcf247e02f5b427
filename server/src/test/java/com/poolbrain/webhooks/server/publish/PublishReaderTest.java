package com.poolbrain.webhooks.server.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.engine.Part;
import com.poolbrain.webhooks.server.http.Problem;
import com.poolbrain.webhooks.server.http.Problem.Fault;
import com.poolbrain.webhooks.server.http.ProblemType;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a publish says, and what is wrong with its fields.
class PublishReaderTest extends PublishReading {

  private static String data(Part part) {
    return part.items().stream()
        .map(item -> new String(item.data(), UTF_8))
        .collect(Collectors.joining("|"));
  }

  @Test
  void aSingleObjectBecomesOnePart() {
    Part part = read(EVENT).parts().getFirst();
    assertThat(part.companyId()).isEqualTo(40);
    assertThat(part.type().name()).isEqualTo("customer.created");
    assertThat(part.type().mayBeGrouped()).isTrue();
    assertThat(part.occurredAt()).isNull();
    assertThat(data(part)).isEqualTo(ITEM);
    assertThat(part.items().getFirst().refs()).containsExactly("7");
  }

  @Test
  void fieldsMayComeInAnyOrder() {
    String turned =
        "{\"data\": [ %s , %s ],\"event\":\"customer.created\", \"company_id\" : 40 }"
            .formatted(ITEM, ITEM);
    assertThat(data(read(turned).parts().getFirst())).isEqualTo(ITEM + "|" + ITEM);
  }

  @Test
  void dataBeforeEventIsCheckedAllTheSame() {
    Problem problem =
        refused(
            "[{\"data\":[%s,{\"customerId\":\"7\"}],\"event\":\"customer.created\",\"company_id\":1}]"
                .formatted(ITEM));
    assertThat(problem.errors())
        .extracting(Fault::pointer)
        .containsExactly("/0/data/1/customerId", "/0/data/1/displayName");
  }

  @Test
  void digitsStayAndTextIsEscaped() {
    String body =
        "{\"company_id\":40,\"event\":\"customer.created\","
            + "\"data\":{\"customerId\": 9007199254740993 ,\"displayName\":\"Zoë 🏊\"}}";
    assertThat(data(read(body).parts().getFirst()))
        .isEqualTo(
            "{\"customerId\":9007199254740993,\"displayName\":\"Zo\\u00eb \\ud83c\\udfca\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-02-13T06:42:24Z, 2026-02-13T06:42:24Z",
    "2026-02-13T06:42:24.123456789Z, 2026-02-13T06:42:24.123456Z",
    "2026-02-13T12:12:24.705+05:30, 2026-02-13T06:42:24.705Z",
    "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999Z, 9999-12-31T23:59:59.999999Z"
  })
  void timesOfAnyOffsetBecomeUtcMicroseconds(String sent, Instant kept) {
    String body = EVENT.replace("\"data\"", "\"timestamp\":\"" + sent + "\",\"data\"");
    assertThat(read(body).parts().getFirst().occurredAt()).isEqualTo(kept);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"30000-01-01T00:00:00Z\"",
        "\"+30000-01-01T00:00:00Z\"",
        "\"1969-12-31T23:59:59Z\"",
        "\"9999-12-31T23:59:59-12:00\"",
        "\"2026-02-30T00:00:00Z\"",
        "\"2026-02-13T06:42:24\"",
        "\"2026-02-13\"",
        "\"\"",
        "1770964944",
        "{\"a\":[1]}",
        "true"
      })
  void timesThatAreNoneAreNamed(String sent) {
    Problem problem = refused(EVENT.replace("\"data\"", "\"timestamp\":" + sent + ",\"data\""));
    assertThat(problem.type()).isEqualTo(ProblemType.INVALID);
    assertThat(problem.errors()).extracting(Fault::pointer).containsExactly("/timestamp");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "9007199254740992",
        "1e3",
        "40.0",
        "\"40\"",
        "null",
        "[]",
        "{\"a\":1}",
        "true",
        "99999999999999999999999999"
      })
  void companyNumbersThatAreNoneAreNamed(String sent) {
    Problem problem = refused(event("company_id", sent));
    assertThat(problem.type()).isEqualTo(ProblemType.INVALID);
    assertThat(problem.errors()).extracting(Fault::pointer).containsExactly("/company_id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null", "7", "\"x\"", "true", "[7]", "[null]", "[]", "[{}]", "{}", "[[]]", "[%s,7]"
      })
  void dataThatDoesNotFitIsNamed(String sent) {
    Problem problem = refused(event("data", sent.formatted(ITEM)));
    assertThat(problem.type()).isEqualTo(ProblemType.INVALID);
    assertThat(problem.errors())
        .isNotEmpty()
        .allSatisfy(fault -> assertThat(fault.pointer()).startsWith("/data"));
  }

  @Test
  void missingFieldsAreAllNamed() {
    assertThat(refused("[%s,{}]".formatted(EVENT)).errors())
        .extracting(Fault::pointer)
        .containsExactly("/1/company_id", "/1/event", "/1/data");
  }

  @Test
  void unknownFieldsAreNamedWithWhatWasMeant() {
    Problem problem = refused(EVENT.replace("\"data\"", "\"companyid\":{\"x\":1},\"data\""));
    assertThat(problem.errors()).extracting(Fault::pointer).containsExactly("/companyid");
    assertThat(problem.detail()).contains("Did you mean 'company_id'?");
  }

  @Test
  void unknownEventsAreNamedWithWhatWasMeant() {
    assertThat(refused(event("event", "\"customer.create\"")).detail())
        .contains("customer.created");
    assertThat(refused(event("event", "\"webhook.ping\"")).detail()).contains("test button");
    assertThat(refused(event("event", "\"\\ud800\"")).errors())
        .extracting(Fault::pointer)
        .containsExactly("/event");
    assertThat(refused(event("event", "null")).errors())
        .extracting(Fault::pointer)
        .containsExactly("/event");
  }

  @Test
  void aliasesAndAnyCaseMeanTheCanonicalType() {
    for (String name : List.of("job.deleted", "job.Deleted", "JOB.ONE_TIME.DELETED")) {
      String body =
          "{\"company_id\":1,\"event\":\"%s\",\"data\":{\"jobNumber\":\"J\",\"jobTitle\":\"T\"}}"
              .formatted(name);
      assertThat(read(body).parts().getFirst().type().name()).isEqualTo("job.one_time.deleted");
    }
  }

  @Test
  void anotherCompanysEventIsRefusedLikeAnUnknownCompanys() {
    var bound = new Publisher("k", 41L, null);
    Problem problem = refused(("[" + EVENT + "]").getBytes(UTF_8), bound);
    assertThat(problem.errors()).extracting(Fault::pointer).containsExactly("/0/company_id");
    assertThat(problem.detail()).isEqualTo(PartReader.unknownCompany(40));
  }

  @Test
  void textThatNobodyCanTypeIsNotSearchable() {
    String body =
        "{\"company_id\":1,\"event\":\"job.one_time.created\",\"data\":{\"jobNumber\":\"J\\u0000\"}}";
    Part.Item item = read(body).parts().getFirst().items().getFirst();
    assertThat(item.refs()).isEmpty();
    assertThat(new String(item.data(), UTF_8)).isEqualTo("{\"jobNumber\":\"J\\u0000\"}");
  }
}
