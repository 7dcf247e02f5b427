package com.poolbrain.webhooks.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Outcome.Delivered;
import com.poolbrain.webhooks.domain.Outcome.Failed;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class ConcurrencyWindowTest {

  private static final int MAX = 16;
  private static final Outcome SUCCESS = new Delivered(new EndpointResponse(200, ""));
  private static final Outcome RESET = new Failed(ErrorClass.CONNECTION_RESET);
  private static final Outcome TIMEOUT = new Failed(ErrorClass.RESPONSE_TIMEOUT);
  private static final Outcome ERROR_RESPONSE =
      new Failed(ErrorClass.SERVER_ERROR, new EndpointResponse(500, ""), null);

  @Test
  void limit_starts_at_two_and_doubles_with_each_success_up_to_the_maximum() {
    assertThat(ConcurrencyWindow.INITIAL.limit()).isEqualTo(2);
    assertThat(afterFullUse(ConcurrencyWindow.INITIAL, 2).limit()).isEqualTo(8);
    assertThat(afterFullUse(ConcurrencyWindow.INITIAL, 100).limit()).isEqualTo(MAX);
    assertThat(ConcurrencyWindow.INITIAL.degraded()).isFalse();
  }

  @Test
  void unused_limit_does_not_grow_and_shrinks_to_four_times_its_use() {
    assertThat(afterRepeated(ConcurrencyWindow.INITIAL, SUCCESS, 1, 100).limit()).isEqualTo(2);
    assertThat(afterRepeated(afterFullUse(ConcurrencyWindow.INITIAL, 3), SUCCESS, 2, 100).limit())
        .isEqualTo(8);
    assertThat(afterRepeated(afterFullUse(ConcurrencyWindow.INITIAL, 3), SUCCESS, 4, 100).limit())
        .isEqualTo(16);
  }

  @Test
  void five_connection_resets_degrade_the_endpoint_and_four_do_not() {
    ConcurrencyWindow grown = afterFullUse(ConcurrencyWindow.INITIAL, 3);
    assertThat(afterRepeated(grown, RESET, 1, 4)).isEqualTo(new ConcurrencyWindow(4, 16, false));
    assertThat(afterRepeated(grown, RESET, 1, 5)).isEqualTo(new ConcurrencyWindow(5, 2, true));
    assertThat(afterRepeated(grown, RESET, 1, 50)).isEqualTo(new ConcurrencyWindow(5, 2, true));
  }

  @Test
  void two_response_timeouts_degrade_the_endpoint_and_one_does_not() {
    ConcurrencyWindow grown = afterFullUse(ConcurrencyWindow.INITIAL, 3);
    assertThat(afterRepeated(grown, TIMEOUT, 1, 1)).isEqualTo(new ConcurrencyWindow(3, 16, false));
    assertThat(afterRepeated(grown, TIMEOUT, 1, 2)).isEqualTo(new ConcurrencyWindow(5, 2, true));
  }

  @Test
  void response_of_any_status_offsets_one_connection_reset() {
    ConcurrencyWindow nearlyDegraded =
        afterRepeated(afterFullUse(ConcurrencyWindow.INITIAL, 3), RESET, 1, 4);
    assertThat(
            afterRepeated(afterRepeated(nearlyDegraded, ERROR_RESPONSE, 4, 1), RESET, 1, 1)
                .degraded())
        .isFalse();
    assertThat(
            afterRepeated(afterRepeated(nearlyDegraded, ERROR_RESPONSE, 4, 1), RESET, 1, 2)
                .degraded())
        .isTrue();
  }

  @Test
  void endpoint_stays_degraded_until_its_failure_penalty_is_zero() {
    ConcurrencyWindow degraded = afterRepeated(ConcurrencyWindow.INITIAL, RESET, 1, 5);
    assertThat(afterRepeated(degraded, SUCCESS, 2, 4)).isEqualTo(new ConcurrencyWindow(1, 2, true));
    assertThat(afterRepeated(degraded, SUCCESS, 2, 5))
        .isEqualTo(new ConcurrencyWindow(0, 4, false));
    assertThat(afterRepeated(degraded, ERROR_RESPONSE, 2, 5))
        .isEqualTo(new ConcurrencyWindow(0, 2, false));
  }

  private static ConcurrencyWindow afterFullUse(ConcurrencyWindow window, int times) {
    ConcurrencyWindow current = window;
    for (int i = 0; i < times; i++) {
      current = current.after(SUCCESS, current.limit(), MAX);
    }
    return current;
  }

  private static ConcurrencyWindow afterRepeated(
      ConcurrencyWindow window, Outcome outcome, int running, int times) {
    ConcurrencyWindow current = window;
    for (Outcome each : Collections.nCopies(times, outcome)) {
      current = current.after(each, running, MAX);
    }
    return current;
  }
}
