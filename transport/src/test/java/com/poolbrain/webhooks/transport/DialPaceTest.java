package com.poolbrain.webhooks.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// How fast connections are made that could be done without.
final class DialPaceTest {

  private static final long NOW = TimeUnit.DAYS.toNanos(1);
  private static final long LATE = 2 * DialPace.SHORTEST / DialPace.LATENESSES;

  private final DialPace pace = new DialPace(NOW);

  @Test
  void theyAreMadeInQuickSuccessionWhileNothingIsLate() {
    assertThat(pauseAfter(NOW)).isEqualTo(DialPace.SHORTEST);
  }

  @Test
  void theyAreMadeTheMoreSlowlyTheLaterExchangesBegin() {
    pace.begun(LATE);

    assertThat(pauseAfter(NOW)).isEqualTo(LATE * DialPace.LATENESSES);
  }

  @Test
  void someAreMadeHoweverLateExchangesBegin() {
    pace.begun(TimeUnit.HOURS.toNanos(1));

    assertThat(pauseAfter(NOW)).isEqualTo(DialPace.LONGEST);
  }

  @Test
  void oneThatIsLateCountsForLongerThanTheNextThatIsNot() {
    pace.begun(LATE);
    pace.begun(0);

    assertThat(pauseAfter(NOW))
        .isGreaterThan(DialPace.SHORTEST)
        .isLessThan(LATE * DialPace.LATENESSES);
  }

  @Test
  void manyThatAreNotLateMakeItForgotten() {
    pace.begun(TimeUnit.SECONDS.toNanos(1));
    for (int i = 0; i < 200; i++) {
      pace.begun(0);
    }

    assertThat(pauseAfter(NOW)).isEqualTo(DialPace.SHORTEST);
  }

  @Test
  void aRestIsNotMadeUpFor() {
    assertThat(pauseAfter(NOW + 100 * DialPace.LONGEST)).isEqualTo(DialPace.SHORTEST);
  }

  @Test
  void anExchangeThatWaitedForItsEventLoopIsLate() {
    EmbeddedChannel channel = new EmbeddedChannel();
    Route route = new Route(false, "localhost", 80, InetAddress.getLoopbackAddress());
    Connection connection = new Connection(route, channel, pace, 1, _ -> {});
    long handed = System.nanoTime();

    connection.start(
        new Exchange(new byte[0], AnswerLimits.standard()), Deadline.in(Duration.ofMinutes(1)));
    while (System.nanoTime() - handed < 2 * LATE) {
      Thread.onSpinWait();
    }
    channel.runPendingTasks();

    assertThat(pauseAfter(NOW)).isGreaterThan(DialPace.SHORTEST);
    var _ = channel.close();
  }

  /// How long after one that is granted the next one is.
  private long pauseAfter(long now) {
    assertThat(pace.ask(now)).isTrue();
    long pause = 1;
    while (!pace.ask(now + pause)) {
      pause += 1_000;
      assertThat(pause).isLessThan(TimeUnit.SECONDS.toNanos(1));
    }
    return pause - 1;
  }
}
