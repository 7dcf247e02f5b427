package com.poolbrain.webhooks.transport.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.transport.address.Deadline;
import com.poolbrain.webhooks.transport.address.Route;
import com.poolbrain.webhooks.transport.pool.ConnectionWaiters.Waiter;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConnectionWaitersTest {

  private static final Route FIRST_ROUTE = route("127.0.0.1");
  private static final Route SECOND_ROUTE = route("127.0.0.2");

  private static final Deadline DEADLINE = Deadline.after(Duration.ofMinutes(1));

  private final ConnectionWaiters waiters = new ConnectionWaiters();
  private final Waiter first = new Waiter(List.of(FIRST_ROUTE), DEADLINE, true, 0);
  private final Waiter second = new Waiter(List.of(FIRST_ROUTE, SECOND_ROUTE), DEADLINE, true, 0);
  private final Waiter third = new Waiter(List.of(SECOND_ROUTE), DEADLINE, false, 0);

  @Test
  void waiting_since_is_the_first_arrival_until_the_queue_is_empty() {
    waiters.add(first, 10);
    waiters.add(second, 20);
    waiters.remove(first);
    waiters.add(third, 30);

    assertThat(waiters.waitingSince()).isEqualTo(10);
  }

  @Test
  void waiting_since_restarts_after_the_queue_was_empty() {
    waiters.add(first, 10);
    waiters.remove(first);
    waiters.add(second, 20);

    assertThat(waiters.waitingSince()).isEqualTo(20);
  }

  @Test
  void oldest_waiter_is_first() {
    waiters.add(first, 10);
    waiters.add(second, 20);

    assertThat(waiters.oldest()).isSameAs(first);
    waiters.remove(first);
    assertThat(waiters.oldest()).isSameAs(second);
    assertThat(waiters.count()).isOne();
  }

  @Test
  void connection_goes_to_the_oldest_waiter_that_accepts_its_route() {
    waiters.add(first, 10);
    waiters.add(second, 20);

    assertThat(waiters.pollFor(SECOND_ROUTE)).isSameAs(second);
    assertThat(waiters.pollFor(SECOND_ROUTE)).isNull();
    assertThat(waiters.pollFor(FIRST_ROUTE)).isSameAs(first);
    assertThat(waiters.oldest()).isNull();
  }

  @Test
  void waiter_for_a_new_connection_gets_no_reused_one() {
    waiters.add(third, 10);

    assertThat(waiters.pollFor(SECOND_ROUTE)).isNull();
    assertThat(waiters.oldest()).isSameAs(third);
  }

  @Test
  void waiter_that_dials_gets_a_returned_connection_first() {
    waiters.add(first, 10);
    waiters.add(second, 20);
    waiters.startDialing(second);

    assertThat(waiters.oldest()).isSameAs(first);
    assertThat(waiters.count()).isOne();
    assertThat(waiters.pollFor(FIRST_ROUTE)).isSameAs(second);
    assertThat(waiters.remove(second)).isFalse();
    assertThat(waiters.pollFor(FIRST_ROUTE)).isSameAs(first);
    assertThat(waiters.isEmpty()).isTrue();
  }

  private static Route route(String address) {
    return new Route(true, "hooks.test", 443, InetAddress.ofLiteral(address));
  }
}
