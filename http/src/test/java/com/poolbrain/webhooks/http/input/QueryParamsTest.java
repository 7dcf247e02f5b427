package com.poolbrain.webhooks.http.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.http.problem.Problem.FieldError;
import com.poolbrain.webhooks.http.problem.ProblemException;
import com.poolbrain.webhooks.http.problem.ProblemType;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParamsTest {

  private static final String EMOJI = "%F0%9F%8F%8A";
  private static final String TEN_EMOJI =
      EMOJI + EMOJI + EMOJI + EMOJI + EMOJI + EMOJI + EMOJI + EMOJI + EMOJI + EMOJI;
  private static final String ELEVEN_EMOJI = TEN_EMOJI + EMOJI;

  @Test
  void query_values_are_decoded_and_converted() {
    QueryParams queryParams =
        QueryParams.parse("q=a+b%C3%A4&limit=7&from=2026-02-13T08:42:24%2B02:00&status=up");
    assertThat(queryParams.text("q", 10)).isEqualTo("a bä");
    assertThat(queryParams.number("limit", 50, 1, 200)).isEqualTo(7);
    assertThat(queryParams.number("other", 50, 1, 200)).isEqualTo(50);
    assertThat(queryParams.time("from")).isEqualTo(Instant.parse("2026-02-13T06:42:24Z"));
    assertThat(queryParams.oneOf("status", List.of("up", "down"))).isEqualTo("up");
    assertThat(queryParams.id("none")).isNull();
    queryParams.rejectInvalid();
  }

  @Test
  void length_of_a_text_is_counted_in_characters() {
    QueryParams queryParams = QueryParams.parse("q=" + TEN_EMOJI);
    assertThat(queryParams.text("q", 10)).hasSize(20);
    queryParams.rejectInvalid();
  }

  @Test
  void leap_second_is_a_time() {
    QueryParams queryParams = QueryParams.parse("to=2026-06-30T23:59:60Z");
    assertThat(queryParams.time("to")).isEqualTo(Instant.parse("2026-06-30T23:59:59.999999Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=201",
        "limit=x",
        "limit=1&limit=1",
        "q=%ff",
        "q=%",
        "q=%0",
        "q=%00",
        "q=12345678901",
        "from=yesterday",
        "limit=",
        "limit",
        "limit=%2B7",
        "limit=%D9%A7",
        "limit=99999999999999999999",
        "q=",
        "from=",
        "id=",
        "status=",
        "q=" + ELEVEN_EMOJI,
        "from=30000-01-01T00:00:00Z",
        "from=1969-12-31T23:59:59Z",
        "from=2026-02-13T06:42Z",
        "id=%2B0000000-0000-0000-0000-000000000000",
        "id=0000000-00000-0000-0000-000000000000",
        "id=1",
        "status=upp",
        "limits=1",
        "%zz=1"
      })
  void invalid_query_parameter_is_rejected_by_name(String raw) {
    assertThatThrownBy(() -> readParameters(QueryParams.parse(raw)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problemException -> {
              assertThat(problemException.problem().type()).isEqualTo(ProblemType.INVALID);
              assertThat(problemException.problem().errors())
                  .extracting(FieldError::parameter)
                  .singleElement()
                  .isNotNull();
            });
  }

  private static void readParameters(QueryParams queryParams) {
    queryParams.number("limit", 50, 1, 200);
    queryParams.text("q", 10);
    queryParams.time("from");
    queryParams.id("id");
    queryParams.oneOf("status", List.of("up", "down"));
    queryParams.rejectInvalid();
  }
}
