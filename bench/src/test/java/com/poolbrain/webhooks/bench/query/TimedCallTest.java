package com.poolbrain.webhooks.bench.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.testkit.service.ApiResponse;
import java.net.http.HttpHeaders;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TimedCallTest {

  private final AtomicInteger sent = new AtomicInteger();

  private TimedCall call(int status, String body) {
    var response = new ApiResponse(status, HttpHeaders.of(Map.of(), (_, _) -> true), body);
    return new TimedCall(
        "list",
        () ->
            new TimedCall.Request(
                "/list",
                () -> {
                  sent.incrementAndGet();
                  return response;
                },
                "id-1"));
  }

  @Test
  void call_is_made_as_often_as_asked_after_its_warm_up() {
    assertThat(call(200, "[id-1]").measure(2, 3).name()).isEqualTo("list");
    assertThat(sent).hasValue(5);
  }

  @Test
  void response_without_what_was_asked_for_is_no_measurement() {
    assertThatThrownBy(() -> call(200, "[]").measure(0, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("/list was answered with 200, or without id-1");
    assertThatThrownBy(() -> call(503, "id-1").measure(1, 0))
        .isInstanceOf(IllegalStateException.class);
  }
}
