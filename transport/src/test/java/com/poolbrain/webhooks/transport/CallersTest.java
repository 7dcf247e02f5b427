package com.poolbrain.webhooks.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.transport.Callers.Caller;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CallersTest {

  private static final Route ONE = route("127.0.0.1");
  private static final Route OTHER = route("127.0.0.2");

  private final Callers callers = new Callers();
  private final Caller first = new Caller(List.of(ONE), true, 0);
  private final Caller second = new Caller(List.of(ONE, OTHER), true, 0);
  private final Caller third = new Caller(List.of(OTHER), false, 0);

  @Test
  void theFirstCountsUntilNobodyWaitsAnyMore() {
    callers.add(first, 10);
    callers.add(second, 20);
    callers.remove(first);
    callers.add(third, 30);

    assertThat(callers.since()).isEqualTo(10);
  }

  @Test
  void whoComesWhenNobodyWaitsBeginsAnew() {
    callers.add(first, 10);
    callers.remove(first);
    callers.add(second, 20);

    assertThat(callers.since()).isEqualTo(20);
  }

  @Test
  void whoWaitsLongestIsFirst() {
    callers.add(first, 10);
    callers.add(second, 20);

    assertThat(callers.first()).isSameAs(first);
    callers.remove(first);
    assertThat(callers.first()).isSameAs(second);
    assertThat(callers.count()).isOne();
  }

  @Test
  void aConnectionIsForTheFirstToWhomItsRouteWillDo() {
    callers.add(first, 10);
    callers.add(second, 20);

    assertThat(callers.takeFor(OTHER)).isSameAs(second);
    assertThat(callers.takeFor(OTHER)).isNull();
    assertThat(callers.takeFor(ONE)).isSameAs(first);
    assertThat(callers.first()).isNull();
  }

  @Test
  void whoWantsANewOneGetsNoneThatCameBack() {
    callers.add(third, 10);

    assertThat(callers.takeFor(OTHER)).isNull();
    assertThat(callers.first()).isSameAs(third);
  }

  private static Route route(String address) {
    return new Route(true, "hooks.test", 443, InetAddress.ofLiteral(address));
  }
}
