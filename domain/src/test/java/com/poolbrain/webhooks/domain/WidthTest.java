package com.poolbrain.webhooks.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Outcome.Delivered;
import com.poolbrain.webhooks.domain.Outcome.Failed;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class WidthTest {

  private static final int MAX = 16;
  private static final Outcome SUCCESS = new Delivered(new Answer(200, ""));
  private static final Outcome HANG = new Failed(ErrorClass.RESPONSE_TIMEOUT);
  private static final Outcome REFUSAL =
      new Failed(ErrorClass.SERVER_ERROR, new Answer(500, ""), null);

  @Test
  void an_unproven_endpoint_begins_with_two_and_doubles_with_each_success() {
    assertThat(Width.UNPROVEN.limit()).isEqualTo(2);
    assertThat(after(Width.UNPROVEN, SUCCESS, 3).limit()).isEqualTo(16);
    assertThat(Width.UNPROVEN.narrow()).isFalse();
  }

  @Test
  void five_hangs_in_a_row_narrow_it_and_four_do_not() {
    Width wide = after(Width.UNPROVEN, SUCCESS, 5);
    assertThat(after(wide, HANG, 4)).isEqualTo(new Width(4, wide.limit(), false));
    assertThat(after(wide, HANG, 5)).isEqualTo(new Width(5, 2, true));
    assertThat(after(wide, HANG, 50)).isEqualTo(new Width(5, 2, true));
  }

  @Test
  void an_answer_of_any_status_breaks_the_row() {
    Width almost = after(after(Width.UNPROVEN, SUCCESS, 5), HANG, 4);
    assertThat(after(after(almost, REFUSAL, 1), HANG, 4).narrow()).isFalse();
  }

  @Test
  void a_narrow_endpoint_is_guarded_against_until_it_has_all_its_width_again() {
    Width narrow = after(Width.UNPROVEN, HANG, 5);
    assertThat(after(narrow, SUCCESS, 2)).isEqualTo(new Width(0, 8, true));
    assertThat(after(narrow, SUCCESS, 3)).isEqualTo(new Width(0, 16, false));
  }

  @Test
  void endless_success_does_not_overflow() {
    assertThat(after(Width.UNPROVEN, SUCCESS, 100).limit()).isGreaterThanOrEqualTo(MAX);
  }

  private static Width after(Width width, Outcome outcome, int times) {
    Width now = width;
    for (Outcome each : Collections.nCopies(times, outcome)) {
      now = now.after(each, MAX);
    }
    return now;
  }
}
