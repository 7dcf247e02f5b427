package com.poolbrain.webhooks.http.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SenderBudgetsTest {

  private final SenderBudgets budgets = new SenderBudgets(100);
  private final List<String> granted = new ArrayList<>();

  private SenderBudgets.Reservation reserve(String sender, long bytes) {
    return budgets.reserve(sender, bytes, () -> granted.add(sender + bytes));
  }

  @Test
  void bodies_beyond_the_budget_wait_in_their_order() {
    var first = reserve("a", 60);
    var second = reserve("a", 50);
    var third = reserve("a", 40);
    assertThat(first.isHeld()).isTrue();
    assertThat(second.isHeld()).isFalse();
    assertThat(third.isHeld()).as("must not overtake").isFalse();

    first.release();

    assertThat(granted).containsExactly("a50", "a40");
    assertThat(second.isHeld() && third.isHeld()).isTrue();
  }

  @Test
  void another_sender_does_not_wait() {
    reserve("a", 100);

    assertThat(reserve("b", 100).isHeld()).isTrue();
  }

  @Test
  void body_larger_than_the_budget_gets_room_alone() {
    var large = reserve("a", 500);
    var small = reserve("a", 1);
    assertThat(large.isHeld()).isTrue();
    assertThat(small.isHeld()).isFalse();

    large.release();

    assertThat(small.isHeld()).isTrue();
  }

  @Test
  void body_that_is_given_up_while_it_waits_gets_no_room() {
    var first = reserve("a", 100);
    var given = reserve("a", 100);
    var next = reserve("a", 100);

    given.release();
    first.release();
    first.release();

    assertThat(granted).containsExactly("a100");
    assertThat(given.isHeld()).isFalse();
    assertThat(next.isHeld()).isTrue();
  }
}
