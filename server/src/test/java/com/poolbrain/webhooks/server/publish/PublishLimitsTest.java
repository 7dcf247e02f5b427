package com.poolbrain.webhooks.server.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.server.http.Problem;
import com.poolbrain.webhooks.server.http.Problem.Fault;
import com.poolbrain.webhooks.server.http.ProblemType;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Publishes that are too large, too deep or no JSON.
class PublishLimitsTest extends PublishReading {

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
