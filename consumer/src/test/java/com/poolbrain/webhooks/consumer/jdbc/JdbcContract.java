package com.poolbrain.webhooks.consumer.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.consumer.Claim;
import com.poolbrain.webhooks.consumer.ClaimResult;
import com.poolbrain.webhooks.consumer.IdempotencyStore;
import com.poolbrain.webhooks.consumer.IdempotencyStoreContract;
import com.poolbrain.webhooks.consumer.InboxClaim;
import com.poolbrain.webhooks.consumer.InboxMessage;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What the stores must do on every supported database. One database may serve all tests.
interface JdbcContract extends IdempotencyStoreContract {

  int WORKERS = 6;

  /// An unchanging source of connections to the database.
  DataSource dataSource();

  @Override
  default IdempotencyStore store() {
    return JdbcIdempotencyStore.of(dataSource());
  }

  // Completion in the transaction of the handler

  @Test
  default void a_completion_in_a_transaction_counts_when_it_is_committed() throws Exception {
    var store = JdbcIdempotencyStore.of(dataSource());
    Claim rolledBack = (Claim) store.claim(UUID.randomUUID(), LONG);
    Claim committed = (Claim) store.claim(UUID.randomUUID(), LONG);
    try (Connection connection = dataSource().getConnection()) {
      connection.setAutoCommit(false);
      store.completeIn(connection, rolledBack);
      connection.rollback();
      store.completeIn(connection, committed);
      connection.commit();
    }

    assertThat(store.claim(rolledBack.id(), LONG)).isInstanceOf(ClaimResult.InProgress.class);
    assertThat(store.claim(committed.id(), LONG)).isInstanceOf(ClaimResult.Completed.class);
    assertThat(store.complete(committed)).as("by the receiver afterwards").isTrue();
  }

  @Test
  default void a_completion_in_a_transaction_fails_after_a_takeover() throws Exception {
    var store = JdbcIdempotencyStore.of(dataSource());
    Claim slow = (Claim) store.claim(UUID.randomUUID(), SHORT);
    Awaitility.await().until(() -> store.claim(slow.id(), LONG) instanceof Claim);
    try (Connection connection = dataSource().getConnection()) {
      connection.setAutoCommit(false);
      assertThatThrownBy(() -> store.completeIn(connection, slow))
          .isInstanceOf(ClaimLostException.class);
      connection.rollback();
    }
  }

  @Test
  default void a_takeover_waits_for_a_transaction_that_completes() throws Exception {
    var store = JdbcIdempotencyStore.of(dataSource());
    Claim slow = (Claim) store.claim(UUID.randomUUID(), SHORT);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (Connection connection = dataSource().getConnection()) {
      connection.setAutoCommit(false);
      store.completeIn(connection, slow);
      Future<ClaimResult> takeover = other.submit(() -> store.claim(slow.id(), LONG));
      connection.commit();
      assertThat(takeover.get()).isNotInstanceOf(Claim.class);
    } finally {
      other.shutdownNow();
    }
    assertThat(store.claim(slow.id(), LONG)).isInstanceOf(ClaimResult.Completed.class);
  }

  @Test
  default void outdated_deliveries_are_forgotten_and_others_are_not() throws Exception {
    var store = JdbcIdempotencyStore.of(dataSource());
    Claim old = (Claim) store.claim(UUID.randomUUID(), LONG);
    store.complete(old);
    Claim recent = (Claim) store.claim(UUID.randomUUID(), LONG);
    store.complete(recent);
    setTime("poolbrain_webhook", "until_ms", 1, old.id());

    assertThat(store.forgetOutdated()).isEqualTo(1);

    assertThat(store.claim(old.id(), LONG)).isInstanceOf(Claim.class);
    assertThat(store.claim(recent.id(), LONG)).isInstanceOf(ClaimResult.Completed.class);
  }

  @Test
  default void many_processes_can_create_the_tables_at_the_same_time() throws Exception {
    for (String table : List.of("poolbrain_webhook", "poolbrain_webhook_inbox")) {
      execute("drop table if exists " + table);
    }
    ExecutorService processes = Executors.newFixedThreadPool(6);
    try {
      List<Future<?>> started = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        started.add(processes.submit(() -> JdbcIdempotencyStore.of(dataSource())));
        started.add(processes.submit(() -> JdbcInbox.of(dataSource())));
      }
      for (Future<?> each : started) {
        each.get();
      }
    } finally {
      processes.shutdownNow();
    }
    var store = JdbcIdempotencyStore.of(dataSource());
    Claim claim = (Claim) store.claim(UUID.randomUUID(), LONG);
    assertThat(store.complete(claim)).isTrue();
  }

  // Inbox

  @Test
  default void a_message_is_stored_once_and_comes_back_unchanged() throws Exception {
    JdbcInbox inbox = emptyInbox();
    InboxMessage message = message(UUID.randomUUID());

    assertThat(inbox.store(message)).isTrue();
    assertThat(inbox.store(message)).isFalse();

    InboxClaim next = inbox.claim(LONG).orElseThrow();
    assertThat(next.message().id()).isEqualTo(message.id());
    assertThat(next.message().rawBody()).isEqualTo(message.rawBody());
    assertThat(next.message().attempt()).isEqualTo(3);
    assertThat(next.message().test()).isTrue();
    assertThat(next.tries()).isEqualTo(1);
    assertThat(inbox.claim(LONG)).as("while it is handled").isEmpty();
    assertThat(inbox.complete(next.claim())).isTrue();
    assertThat(inbox.complete(next.claim())).as("completed again").isTrue();
    assertThat(inbox.store(message)).as("stored after it was handled").isFalse();
    assertThat(inbox.claim(LONG)).isEmpty();
  }

  @Test
  default void each_message_is_claimed_by_one_of_many_racing_workers() throws Exception {
    JdbcInbox inbox = emptyInbox();
    int messages = 60;
    for (int i = 0; i < messages; i++) {
      inbox.store(message(UUID.randomUUID()));
    }
    Queue<UUID> claimed = new ConcurrentLinkedQueue<>();
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    try {
      var barrier = new CyclicBarrier(WORKERS);
      List<Future<?>> ended = new ArrayList<>();
      for (int i = 0; i < WORKERS; i++) {
        ended.add(
            workers.submit(() -> {
              barrier.await();
              while (claimed.size() < messages) {
                inbox.claim(LONG).ifPresent(next -> claimed.add(next.claim().id()));
              }
              return null;
            }));
      }
      for (Future<?> each : ended) {
        each.get();
      }
    } finally {
      workers.shutdownNow();
    }

    assertThat(claimed).hasSize(messages).doesNotHaveDuplicates();
  }

  @Test
  default void a_message_of_a_dead_process_is_claimed_again_after_its_lease() throws Exception {
    JdbcInbox inbox = emptyInbox();
    inbox.store(message(UUID.randomUUID()));
    InboxClaim dead = inbox.claim(SHORT).orElseThrow();

    InboxClaim next =
        Awaitility.await().until(() -> inbox.claim(LONG), Optional::isPresent).orElseThrow();

    assertThat(next.tries()).isEqualTo(2);
    inbox.giveUp(dead.claim(), "late");
    inbox.postpone(dead.claim(), Duration.ZERO, "late");
    assertThat(inbox.complete(dead.claim())).isFalse();
    assertThat(inbox.claim(LONG)).isEmpty();
    assertThat(inbox.complete(next.claim())).isTrue();
  }

  @Test
  default void a_message_that_failed_is_postponed_given_up_and_retried() throws Exception {
    JdbcInbox inbox = emptyInbox();
    UUID id = UUID.randomUUID();
    inbox.store(message(id));

    inbox.postpone(inbox.claim(LONG).orElseThrow().claim(), LONG, "down");
    assertThat(inbox.claim(LONG)).as("not due yet").isEmpty();
    setTime("poolbrain_webhook_inbox", "due_ms", 1, id);
    inbox.giveUp(inbox.claim(LONG).orElseThrow().claim(), "x".repeat(1000));
    assertThat(inbox.claim(LONG)).isEmpty();
    assertThat(inbox.deadLetters()).containsExactly(new JdbcInbox.DeadLetter(id, "x".repeat(500)));

    assertThat(inbox.retry(UUID.randomUUID())).isFalse();
    assertThat(inbox.retry(id)).isTrue();
    assertThat(inbox.deadLetters()).isEmpty();
    assertThat(inbox.claim(LONG).orElseThrow().tries()).isEqualTo(1);
  }

  @Test
  default void handled_messages_are_forgotten_after_the_retention() throws Exception {
    JdbcInbox inbox = emptyInbox();
    UUID id = UUID.randomUUID();
    inbox.store(message(id));
    inbox.complete(inbox.claim(LONG).orElseThrow().claim());
    assertThat(inbox.forgetOutdated()).isZero();
    setTime("poolbrain_webhook_inbox", "due_ms", 1, id);

    assertThat(inbox.forgetOutdated()).isEqualTo(1);
    assertThat(inbox.store(message(id))).isTrue();
  }

  // Order

  @Test
  default void an_event_older_than_the_last_applied_one_is_outdated() throws Exception {
    var latest = JdbcLatestOnly.of(dataSource());
    String entity = "customer/" + UUID.randomUUID();
    Instant later = Instant.parse("2026-02-13T06:42:24.705001Z");
    Instant earlier = later.minusNanos(1000);
    try (Connection connection = dataSource().getConnection()) {
      connection.setAutoCommit(false);
      assertThat(latest.advance(connection, entity, later)).isTrue();
      assertThat(latest.advance(connection, entity, earlier)).isFalse();
      assertThat(latest.advance(connection, entity, later)).as("the same time again").isTrue();
      assertThat(latest.advance(connection, entity + "x", earlier)).isTrue();
      assertThat(latest.advance(connection, entity, later.plusSeconds(1))).isTrue();
      connection.commit();
    }
  }

  @Test
  default void an_event_whose_transaction_was_rolled_back_was_not_applied() throws Exception {
    var latest = JdbcLatestOnly.of(dataSource());
    String entity = "customer/" + UUID.randomUUID();
    try (Connection connection = dataSource().getConnection()) {
      connection.setAutoCommit(false);
      assertThat(latest.advance(connection, entity, Instant.EPOCH.plusSeconds(2))).isTrue();
      connection.rollback();
      assertThat(latest.advance(connection, entity, Instant.EPOCH.plusSeconds(1))).isTrue();
      connection.commit();
    }
  }

  private JdbcInbox emptyInbox() throws Exception {
    JdbcInbox inbox = JdbcInbox.of(dataSource());
    execute("delete from poolbrain_webhook_inbox");
    return inbox;
  }

  private static InboxMessage message(UUID id) {
    return new InboxMessage(id, "{\"a\":1}".getBytes(StandardCharsets.US_ASCII), 3, true);
  }

  private void setTime(String table, String column, long millis, UUID id) throws Exception {
    execute("update " + table + " set " + column + " = " + millis + " where id = '" + id + "'");
  }

  private void execute(String sql) throws Exception {
    try (Connection connection = dataSource().getConnection()) {
      connection.setAutoCommit(true);
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.execute();
      }
    }
  }
}
