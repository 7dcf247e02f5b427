package com.poolbrain.webhooks.http.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FairExecutorTest {

  /// Tasks that were started and not run yet, as on threads that the system has not scheduled.
  private final ArrayDeque<Runnable> started = new ArrayDeque<>();

  private final List<String> log = new ArrayList<>();

  private void runNext() {
    Objects.requireNonNull(started.poll(), "no task was started").run();
  }

  private void runAll() {
    while (!started.isEmpty()) {
      runNext();
    }
  }

  private void submit(FairExecutor executor, String sender, int count) {
    for (int i = 1; i <= count; i++) {
      String name = sender + i;
      executor.execute(sender, () -> log.add(name));
    }
  }

  @Test
  void senders_take_turns_however_many_tasks_one_of_them_has() {
    var executor = new FairExecutor(started::add, 1, 1);
    submit(executor, "a", 4);
    submit(executor, "b", 2);
    submit(executor, "c", 1);

    runAll();

    assertThat(log).containsExactly("a1", "b1", "c1", "a2", "b2", "a3", "a4");
  }

  @Test
  void no_more_tasks_run_at_once_than_allowed() {
    var executor = new FairExecutor(started::add, 3, 2);
    submit(executor, "a", 5);
    assertThat(started).hasSize(2);
    submit(executor, "b", 5);
    assertThat(started).hasSize(3);

    runNext();

    assertThat(started).hasSize(3);
    runAll();
    assertThat(log).hasSize(10);
  }

  @Test
  void task_that_throws_does_not_stop_later_ones() {
    var executor = new FairExecutor(started::add, 1, 1);
    executor.execute(
        "a",
        () -> {
          throw new IllegalStateException("bug");
        });
    submit(executor, "a", 1);

    assertThatThrownBy(this::runNext).hasMessage("bug");
    runAll();

    assertThat(log).containsExactly("a1");
  }

  @Test
  void call_returns_the_result_or_throws_the_exception_of_the_work() {
    var executor = new FairExecutor(Runnable::run, 1, 1);

    assertThat(executor.call("a", () -> 7)).isEqualTo(7);
    assertThatThrownBy(() ->
            executor.call(
                "a",
                () -> {
                  throw new IllegalArgumentException("bad");
                }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bad");
  }
}
