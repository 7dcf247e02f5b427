package com.poolbrain.webhooks.bench.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.bench.report.TargetCheck;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class CallTimesTest {

  private static final List<CallTimes> CALLS =
      List.of(
          new CallTimes("list", 40, 60, 900),
          new CallTimes("search", 10, 101, 102),
          new CallTimes("delivery", 5, 100, 101));

  @Test
  void slowest_call_by_its_p95_decides_whether_the_target_is_met() {
    TargetCheck missed = CallTimes.checkSlowest("pages", 100, CALLS);
    assertThat(missed.subject()).isEqualTo("pages: p95 of the slowest of 3 (search)");
    assertThat(missed.actual()).isEqualTo(101);
    assertThat(missed.isMet()).isFalse();
    assertThat(CallTimes.checkSlowest("pages", 101, CALLS).isMet()).isTrue();
  }

  @Test
  void table_names_the_calls_that_are_too_slow() {
    assertThat(CallTimes.table("5 deliveries", 100, CALLS))
        .containsExactly(
            "5 deliveries  p50 ms  p95 ms  max ms",
            "--------------------------------------------",
            "list          40.0    60.0    900.0",
            "search        10.0    101.0   102.0   missed",
            "delivery      5.0     100.0   101.0");
  }

  @Test
  void times_are_milliseconds_of_a_histogram_of_microseconds() {
    Histogram micros = new Histogram(3);
    for (long i = 1; i <= 100; i++) {
      micros.recordValue(i * 10);
    }
    assertThat(CallTimes.of("list", micros)).isEqualTo(new CallTimes("list", 0.5, 0.95, 1.0));
  }
}
