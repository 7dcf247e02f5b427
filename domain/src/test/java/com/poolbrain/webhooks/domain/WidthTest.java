package com.poolbrain.webhooks.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Outcome.Delivered;
import com.poolbrain.webhooks.domain.Outcome.Failed;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class WidthTest {

  private static final int MAX = 16;
  private static final Outcome SUCCESS = new Delivered(new Answer(200, ""));
  private static final Outcome RESET = new Failed(ErrorClass.CONNECTION_RESET);
  private static final Outcome HANG = new Failed(ErrorClass.RESPONSE_TIMEOUT);
  private static final Outcome REFUSAL =
      new Failed(ErrorClass.SERVER_ERROR, new Answer(500, ""), null);

  @Test
  void an_endpoint_begins_with_two_and_doubles_with_each_success_up_to_what_it_may() {
    assertThat(Width.UNPROVEN.limit()).isEqualTo(2);
    assertThat(full(Width.UNPROVEN, 2).limit()).isEqualTo(8);
    assertThat(full(Width.UNPROVEN, 100).limit()).isEqualTo(MAX);
    assertThat(Width.UNPROVEN.narrow()).isFalse();
  }

  @Test
  void who_does_not_use_its_width_gets_no_more_and_keeps_four_times_what_it_uses() {
    assertThat(after(Width.UNPROVEN, SUCCESS, 1, 100).limit()).isEqualTo(2);
    assertThat(after(full(Width.UNPROVEN, 3), SUCCESS, 2, 100).limit()).isEqualTo(8);
    assertThat(after(full(Width.UNPROVEN, 3), SUCCESS, 4, 100).limit()).isEqualTo(16);
  }

  @Test
  void five_resets_narrow_it_and_four_do_not() {
    Width wide = full(Width.UNPROVEN, 3);
    assertThat(after(wide, RESET, 1, 4)).isEqualTo(new Width(4, 16, false));
    assertThat(after(wide, RESET, 1, 5)).isEqualTo(new Width(5, 2, true));
    assertThat(after(wide, RESET, 1, 50)).isEqualTo(new Width(5, 2, true));
  }

  @Test
  void two_hangs_narrow_it_and_one_does_not() {
    Width wide = full(Width.UNPROVEN, 3);
    assertThat(after(wide, HANG, 1, 1)).isEqualTo(new Width(3, 16, false));
    assertThat(after(wide, HANG, 1, 2)).isEqualTo(new Width(5, 2, true));
  }

  @Test
  void each_answer_of_any_status_makes_up_for_a_reset() {
    Width almost = after(full(Width.UNPROVEN, 3), RESET, 1, 4);
    assertThat(after(after(almost, REFUSAL, 4, 1), RESET, 1, 1).narrow()).isFalse();
    assertThat(after(after(almost, REFUSAL, 4, 1), RESET, 1, 2).narrow()).isTrue();
  }

  @Test
  void a_narrow_endpoint_is_guarded_against_until_it_has_made_up_for_all() {
    Width narrow = after(Width.UNPROVEN, RESET, 1, 5);
    assertThat(after(narrow, SUCCESS, 2, 4)).isEqualTo(new Width(1, 2, true));
    assertThat(after(narrow, SUCCESS, 2, 5)).isEqualTo(new Width(0, 4, false));
    assertThat(after(narrow, REFUSAL, 2, 5)).isEqualTo(new Width(0, 2, false));
  }

  private static Width full(Width width, int times) {
    Width now = width;
    for (int i = 0; i < times; i++) {
      now = now.after(SUCCESS, now.limit(), MAX);
    }
    return now;
  }

  private static Width after(Width width, Outcome outcome, int running, int times) {
    Width now = width;
    for (Outcome each : Collections.nCopies(times, outcome)) {
      now = now.after(each, running, MAX);
    }
    return now;
  }
}
