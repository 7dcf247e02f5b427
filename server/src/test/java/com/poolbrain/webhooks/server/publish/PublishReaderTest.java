package com.poolbrain.webhooks.server.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.engine.Part;
import com.poolbrain.webhooks.engine.Submission;
import com.poolbrain.webhooks.events.Catalogue;
import com.poolbrain.webhooks.server.http.Problem;
import com.poolbrain.webhooks.server.http.Problem.Fault;
import com.poolbrain.webhooks.server.http.ProblemType;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishReaderTest {

  static final String ITEM = "{\"customerId\":7,\"displayName\":\"Ann\"}";
  static final String EVENT =
      "{\"company_id\":40,\"event\":\"customer.created\",\"data\":" + ITEM + "}";

  private static final Publisher ANYBODY = new Publisher("k1", null, null);

  private final PublishReader reader = new PublishReader(Catalogue.released());

  private Submission read(String body) {
    Reading reading = reader.read(body.getBytes(UTF_8), ANYBODY);
    assertThat(reading).as(body).isInstanceOf(Reading.Read.class);
    return ((Reading.Read) reading).submission();
  }

  private Problem refused(String body) {
    return refused(body.getBytes(UTF_8), ANYBODY);
  }

  private Problem refused(byte[] body, Publisher publisher) {
    Reading reading = reader.read(body, publisher);
    assertThat(reading).as(new String(body, UTF_8)).isInstanceOf(Reading.Refused.class);
    return ((Reading.Refused) reading).problem();
  }

  private static String data(Part part) {
    return part.items().stream()
        .map(item -> new String(item.data(), UTF_8))
        .collect(Collectors.joining("|"));
  }

  private static String event(String changedField, String json) {
    return switch (changedField) {
      case "company_id" -> EVENT.replace(":40,", ":" + json + ",");
      case "event" -> EVENT.replace("\"customer.created\"", json);
      case "data" -> EVENT.replace(ITEM, json);
      default -> throw new IllegalArgumentException(changedField);
    };
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
  void anArrayHasFromOneToAThousandObjects() {
    assertThat(refused("[]").errors()).extracting(Fault::pointer).containsExactly("");
    String thousand = String.join(",", java.util.Collections.nCopies(1_000, EVENT));
    assertThat(read("[" + thousand + "]").parts()).hasSize(1_000);
    assertThat(refused("[" + thousand + "," + EVENT + "]").detail()).contains("1000");
  }

  @Test
  void aRequestHasAtMostTenThousandItems() {
    String items = String.join(",", java.util.Collections.nCopies(5_000, ITEM));
    String half = event("data", "[" + items + "]");
    assertThat(read("[" + half + "," + half + "]").parts()).hasSize(2);
    Problem problem = refused("[" + half + "," + half + "," + EVENT + "]");
    assertThat(problem.type()).isEqualTo(ProblemType.INVALID);
    assertThat(problem.errors()).extracting(Fault::pointer).containsExactly("/2/data");
  }

  @Test
  void anItemIsMeasuredAsItIsSent() {
    String most = "x".repeat(262_144 - ITEM.length() + 3);
    assertThat(read(event("data", ITEM.replace("Ann", most))).parts()).hasSize(1);
    Problem problem = refused(event("data", "[" + ITEM.replace("Ann", most + "x") + "]"));
    assertThat(problem.errors()).extracting(Fault::pointer).containsExactly("/data/0");
    String escaped = "ä".repeat(50_000);
    assertThat(refused(event("data", ITEM.replace("Ann", escaped))).detail()).contains("262144");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[",
        "nul",
        "{\"company_id\":NaN}",
        "{\"company_id\":+1}",
        "{\"company_id\":01}",
        "{'company_id':1}",
        "{\"company_id\":1,}",
        "{\"company_id\":1,\"company_id\":1}",
        "{\"data\":{\"a\":1,\"a\":2}}",
        "{} {}",
        "[] x",
        "/* */ {}",
        "\u0000"
      })
  void malformedJsonIs400(String body) {
    assertThat(refused(body).type()).isEqualTo(ProblemType.MALFORMED_JSON);
  }

  @Test
  void tenThousandDeepNestingIs400() {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);
    for (String body : List.of(deep, event("data", deep), "{\"data\":" + deep + "}")) {
      assertThat(refused(body).type()).isEqualTo(ProblemType.MALFORMED_JSON);
    }
  }

  @Test
  void whatIsNotUtf8Is400() {
    byte[] latin1 =
        EVENT.replace("Ann", "Zoë").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(refused(latin1, ANYBODY).type()).isEqualTo(ProblemType.MALFORMED_JSON);
    byte[] utf16 = EVENT.getBytes(java.nio.charset.StandardCharsets.UTF_16);
    assertThat(refused(utf16, ANYBODY).type()).isEqualTo(ProblemType.MALFORMED_JSON);
    byte[] surrogate = EVENT.replace("Ann", "A@@").getBytes(UTF_8);
    int at = new String(surrogate, UTF_8).indexOf("A@@");
    surrogate[at] = (byte) 0xED;
    surrogate[at + 1] = (byte) 0xA0;
    surrogate[at + 2] = (byte) 0x80;
    assertThat(refused(surrogate, ANYBODY).type()).isEqualTo(ProblemType.MALFORMED_JSON);
  }

  @Test
  void halfASurrogatePairIs422WithItsPlace() {
    Problem problem = refused(EVENT.replace("Ann", "\\ud83c"));
    assertThat(problem.type()).isEqualTo(ProblemType.INVALID);
    assertThat(problem.errors()).extracting(Fault::pointer).containsExactly("/data/displayName");
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

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverComesIsReadOrRefusedWithAReason(long seed) {
    var random = new SplittableRandom(seed);
    byte[] sound =
        ("[" + EVENT + "," + event("data", "[" + ITEM + "," + ITEM + "]") + "]").getBytes(UTF_8);
    IntStream.range(0, 2_000)
        .mapToObj(_ -> Mutation.of(sound, random))
        .forEach(body -> {
          switch (reader.read(body, ANYBODY)) {
            case Reading.Read(var submission, _) ->
                assertThat(submission.parts())
                    .isNotEmpty()
                    .allSatisfy(part -> assertThat(part.items()).isNotEmpty());
            case Reading.Refused(var problem) -> assertThat(problem.errors()).isNotEmpty();
          }
        });
  }
}
