package com.poolbrain.webhooks.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.server.http.Problem.Fault;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

  @Test
  void valuesAreDecodedAndChecked() {
    Query query = Query.of("q=a+b%C3%A4&limit=7&from=2026-02-13T08:42:24%2B02:00&status=up&none=");
    assertThat(query.text("q", 10)).isEqualTo("a bä");
    assertThat(query.number("limit", 50, 1, 200)).isEqualTo(7);
    assertThat(query.number("other", 50, 1, 200)).isEqualTo(50);
    assertThat(query.time("from")).isEqualTo(Instant.parse("2026-02-13T06:42:24Z"));
    assertThat(query.oneOf("status", List.of("up", "down"))).isEqualTo("up");
    assertThat(query.id("none")).isNull();
    query.end();
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
        "from=30000-01-01T00:00:00Z",
        "id=1",
        "status=upp",
        "limits=1",
        "%zz=1"
      })
  void whatIsWrongIsNamedByItsParameter(String raw) {
    assertThatThrownBy(() -> take(Query.of(raw)))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.problem().type()).isEqualTo(ProblemType.INVALID);
              assertThat(refusal.problem().errors())
                  .extracting(Fault::parameter)
                  .singleElement()
                  .isNotNull();
            });
  }

  private static void take(Query query) {
    query.number("limit", 50, 1, 200);
    query.text("q", 10);
    query.time("from");
    query.id("id");
    query.oneOf("status", List.of("up", "down"));
    query.end();
  }
}
