package com.poolbrain.webhooks.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.poolbrain.webhooks.consumer.jdbc.JdbcInbox;
import com.poolbrain.webhooks.events.Envelope;
import com.poolbrain.webhooks.events.payload.CustomerCreated;
import com.poolbrain.webhooks.events.payload.Payload;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A receiver with an inbox.
class InboxTest {

  private static final InboxOptions AT_ONCE =
      new InboxOptions(2, Duration.ofMinutes(5), List.of(Duration.ZERO, Duration.ZERO));

  private final JdbcConnectionPool pool =
      JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID(), "sa", "");
  private final JdbcInbox inbox = JdbcInbox.of(pool);
  private final List<Payload> handled = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    pool.dispose();
  }

  @Test
  void a_webhook_is_acknowledged_when_it_is_stored_and_handled_afterwards() {
    var goOn = new CountDownLatch(1);
    try (WebhookReceiver receiver =
        receiver((customers, context) -> {
          goOn.await();
          handled.addAll(customers);
        })) {
      SignedRequest request = SignedRequest.customerCreated();

      Reply first = receive(receiver, request);
      Reply again = receive(receiver, request);

      assertThat(first.status()).isEqualTo(202);
      assertThat(again).isEqualTo(new Reply.Duplicate());
      assertThat(handled).isEmpty();
      goOn.countDown();
      await().until(() -> handled.size() == 1);
      assertThat(receive(receiver, request)).isEqualTo(new Reply.Duplicate());
    }
    assertThat(inbox.claim(Duration.ofHours(1))).isEmpty();
  }

  @Test
  void a_message_that_fails_is_tried_again_and_then_a_dead_letter_until_it_is_retried() {
    var tries = new AtomicInteger();
    var down = new AtomicBoolean(true);
    SignedRequest request = SignedRequest.customerCreated();
    try (WebhookReceiver receiver =
        receiver((customers, context) -> {
          tries.incrementAndGet();
          if (down.get()) {
            throw new StackOverflowError("the CRM is down");
          }
          handled.addAll(customers);
        })) {
      receive(receiver, request);

      await().until(() -> inbox.deadLetters().size() == 1);
      assertThat(tries).hasValue(3);
      JdbcInbox.DeadLetter dead = inbox.deadLetters().get(0);
      assertThat(dead.error()).contains("the CRM is down");
      down.set(false);
      assertThat(inbox.retry(dead.id())).isTrue();
      await().until(() -> handled.size() == 1);
    }
  }

  @Test
  void a_message_that_killed_its_process_at_every_try_is_a_dead_letter() {
    SignedRequest request = SignedRequest.customerCreated();
    UUID id = Envelope.read(request.body()).id();
    inbox.store(new InboxMessage(id, request.body(), 1, false));
    for (int tries = 1; tries <= AT_ONCE.maxTries(); tries++) {
      await().until(() -> inbox.claim(Duration.ofMillis(1)).isPresent());
    }

    try (WebhookReceiver receiver = receiver((customers, context) -> handled.addAll(customers))) {
      assertThat(receiver).isNotNull();
      await().until(() -> inbox.deadLetters().size() == 1);
    }
    assertThat(handled).isEmpty();
  }

  @Test
  void a_message_that_was_stored_by_a_dead_process_is_handled_after_a_start() {
    SignedRequest request = SignedRequest.customerCreated();
    UUID id = Envelope.read(request.body()).id();
    inbox.store(new InboxMessage(id, request.body(), 1, false));

    try (WebhookReceiver receiver = receiver((customers, context) -> handled.addAll(customers))) {
      await().until(() -> handled.size() == 1);
      assertThat(receive(receiver, request)).isEqualTo(new Reply.Duplicate());
    }
  }

  @Test
  void closing_waits_for_the_handler() {
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    WebhookReceiver receiver =
        receiver((customers, context) -> {
          begun.countDown();
          goOn.await();
          handled.addAll(customers);
        });
    receive(receiver, SignedRequest.customerCreated());
    await().until(() -> begun.getCount() == 0);
    var closing = new Thread(receiver::close);
    closing.start();
    await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
    goOn.countDown();
    await().until(() -> !closing.isAlive());

    assertThat(handled).hasSize(1);
    receiver.close();
  }

  @Test
  void an_inbox_leaves_no_place_for_another_store_or_executor() {
    WebhookReceiverBuilder builder =
        WebhookReceiver.builder()
            .secret(SignedRequest.SECRET)
            .on(CustomerCreated.class, (customers, context) -> {})
            .inbox(inbox)
            .idempotency(new InMemoryIdempotencyStore());

    assertThatThrownBy(builder::build).hasMessageContaining("idempotency");
  }

  private WebhookReceiver receiver(GroupHandler<CustomerCreated> handler) {
    return WebhookReceiver.builder()
        .secret(SignedRequest.SECRET)
        .on(CustomerCreated.class, handler)
        .inbox(inbox, AT_ONCE)
        .build();
  }

  private static Reply receive(WebhookReceiver receiver, SignedRequest request) {
    return receiver.receive(request.body(), request.headers());
  }
}
