package com.poolbrain.webhooks.api.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.Problem.FieldError;
import com.poolbrain.webhooks.http.problem.ProblemType;
import com.poolbrain.webhooks.testkit.service.BodyMutator;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Publish requests that are too large, too deep or no JSON.
class PublishLimitsTest extends PublishParserFixture {

  @Test
  void array_holds_one_to_a_thousand_events() {
    assertThat(parseInvalid("[]").errors()).extracting(FieldError::pointer).containsExactly("");
    String thousand = String.join(",", Collections.nCopies(1_000, EVENT));
    assertThat(parseValid("[" + thousand + "]").events()).hasSize(1_000);
    assertThat(parseInvalid("[" + thousand + "," + EVENT + "]").detail()).contains("1000");
  }

  @Test
  void request_holds_at_most_ten_thousand_items() {
    String items = String.join(",", Collections.nCopies(5_000, ITEM));
    String halfOfTheItems = event("data", "[" + items + "]");
    assertThat(parseValid("[" + halfOfTheItems + "," + halfOfTheItems + "]").events()).hasSize(2);
    Problem problem = parseInvalid("[" + halfOfTheItems + "," + halfOfTheItems + "," + EVENT + "]");
    assertThat(problem.type()).isEqualTo(ProblemType.INVALID);
    assertThat(problem.errors()).extracting(FieldError::pointer).containsExactly("/2/data");
  }

  @Test
  void item_size_is_measured_in_escaped_bytes() {
    String longestName = "x".repeat(262_144 - ITEM.length() + 3);
    assertThat(parseValid(event("data", ITEM.replace("Ann", longestName))).events()).hasSize(1);
    Problem problem =
        parseInvalid(event("data", "[" + ITEM.replace("Ann", longestName + "x") + "]"));
    assertThat(problem.errors()).extracting(FieldError::pointer).containsExactly("/data/0");
    String escaped = "ä".repeat(50_000);
    assertThat(parseInvalid(event("data", ITEM.replace("Ann", escaped))).detail())
        .contains("262144");
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
  void malformed_json_is_400(String body) {
    assertThat(parseInvalid(body).type()).isEqualTo(ProblemType.MALFORMED_JSON);
  }

  @Test
  void nesting_of_ten_thousand_is_400() {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);
    for (String body : List.of(deep, event("data", deep), "{\"data\":" + deep + "}")) {
      assertThat(parseInvalid(body).type()).isEqualTo(ProblemType.MALFORMED_JSON);
    }
  }

  @Test
  void body_that_is_not_utf8_is_400() {
    byte[] latin1 = EVENT.replace("Ann", "Zoë").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(parseInvalid(latin1, PRINCIPAL, null).type()).isEqualTo(ProblemType.MALFORMED_JSON);
    byte[] utf16 = EVENT.getBytes(StandardCharsets.UTF_16);
    assertThat(parseInvalid(utf16, PRINCIPAL, null).type()).isEqualTo(ProblemType.MALFORMED_JSON);
    byte[] surrogate = EVENT.replace("Ann", "A@@").getBytes(UTF_8);
    int at = new String(surrogate, UTF_8).indexOf("A@@");
    surrogate[at] = (byte) 0xED;
    surrogate[at + 1] = (byte) 0xA0;
    surrogate[at + 2] = (byte) 0x80;
    assertThat(parseInvalid(surrogate, PRINCIPAL, null).type())
        .isEqualTo(ProblemType.MALFORMED_JSON);
  }

  @Test
  void lone_surrogate_is_422_with_its_pointer() {
    Problem problem = parseInvalid(EVENT.replace("Ann", "\\ud83c"));
    assertThat(problem.type()).isEqualTo(ProblemType.INVALID);
    assertThat(problem.errors())
        .extracting(FieldError::pointer)
        .containsExactly("/data/displayName");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void mutated_body_is_parsed_or_rejected_with_errors(long seed) {
    var random = new SplittableRandom(seed);
    byte[] validBody =
        ("[" + EVENT + "," + event("data", "[" + ITEM + "," + ITEM + "]") + "]").getBytes(UTF_8);
    IntStream.range(0, 2_000)
        .mapToObj(_ -> BodyMutator.mutate(validBody, random))
        .forEach(body -> {
          switch (parser.parse(body, PRINCIPAL, null)) {
            case ParseResult.Parsed(var publishRequest, _) ->
                assertThat(publishRequest.events())
                    .isNotEmpty()
                    .allSatisfy(publishedEvent -> assertThat(publishedEvent.items()).isNotEmpty());
            case ParseResult.Invalid(var problem) -> assertThat(problem.errors()).isNotEmpty();
          }
        });
  }
}
