package com.poolbrain.webhooks.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.events.payload.CustomerCreated;
import com.poolbrain.webhooks.events.payload.CustomerStatus;
import com.poolbrain.webhooks.events.payload.CustomerStatusUpdated;
import com.poolbrain.webhooks.events.payload.OneTimeJobDeleted;
import com.poolbrain.webhooks.events.payload.Payload;
import com.poolbrain.webhooks.events.payload.UnknownPayload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class WebhookReceiverTest {

  private static final String STATUS =
      "{\"customerId\":7,\"displayName\":\"Chris\",\"currentStatus\":\"%s\"}";

  private final List<Payload> handled = new ArrayList<>();
  private final AtomicReference<WebhookContext> context = new AtomicReference<>();

  @Test
  void one_item_and_a_group_come_as_a_list() {
    WebhookReceiver receiver = collecting().build();

    receive(receiver, SignedRequest.of("customer.created", customer(1)));
    receive(
        receiver,
        SignedRequest.of("customer.created", "[" + customer(2) + "," + customer(3) + "]"));

    assertThat(handled)
        .containsExactly(
            new CustomerCreated(1, "C1"),
            new CustomerCreated(2, "C2"),
            new CustomerCreated(3, "C3"));
    assertThat(context.get().envelope().data().grouped()).isTrue();
  }

  @Test
  void aliases_come_to_the_handler_of_their_type() {
    WebhookReceiver receiver =
        builder().onEach(OneTimeJobDeleted.class, (job, about) -> handled.add(job)).build();
    String data = "{\"jobNumber\":\"JOB-1\",\"jobTitle\":\"Filter\"}";

    assertThat(receive(receiver, SignedRequest.of("job.Deleted", data)).status()).isEqualTo(200);
    assertThat(receive(receiver, SignedRequest.of("job.one_time.deleted", data)).status())
        .isEqualTo(200);

    assertThat(handled).hasSize(2);
  }

  @Test
  void unknown_fields_are_ignored_and_an_unknown_status_is_kept_in_the_envelope() {
    WebhookReceiver receiver =
        builder()
            .on(
                CustomerStatusUpdated.class,
                (changes, about) -> {
                  handled.addAll(changes);
                  context.set(about);
                })
            .build();
    String data = STATUS.formatted("vip").replace("}", ",\"region\":\"north\"}");

    assertThat(receive(receiver, SignedRequest.of("customer.status.changed", data)))
        .isInstanceOf(Reply.Handled.class);

    assertThat(handled)
        .containsExactly(new CustomerStatusUpdated(7, "Chris", CustomerStatus.UNKNOWN));
    assertThat(context.get().envelope().data().items().get(0).getString("currentStatus"))
        .isEqualTo("vip");
  }

  @Test
  void a_delivery_is_handled_once() {
    WebhookReceiver receiver = collecting().build();
    SignedRequest request = SignedRequest.customerCreated();

    assertThat(receive(receiver, request)).isInstanceOf(Reply.Handled.class);
    Reply again = receive(receiver, request.with("X-Webhook-Attempt", "2"));

    assertThat(again).isInstanceOf(Reply.Duplicate.class);
    assertThat(again.status()).isEqualTo(200);
    assertThat(handled).hasSize(1);
  }

  @Test
  void a_delivery_whose_handler_failed_is_handled_again() {
    var failures = new AtomicInteger(1);
    WebhookReceiver receiver =
        builder()
            .onEach(
                CustomerCreated.class,
                (customer, about) -> {
                  if (failures.getAndDecrement() > 0) {
                    throw new java.io.IOException("the CRM is down");
                  }
                  handled.add(customer);
                  context.set(about);
                })
            .build();
    SignedRequest request = SignedRequest.customerCreated();

    Reply failed = receive(receiver, request);
    assertThat(failed.status()).isEqualTo(500);
    assertThat(failed.message()).doesNotContain("CRM");
    assertThat(receive(receiver, request.with("X-Webhook-Attempt", "2")).status()).isEqualTo(200);

    assertThat(handled).hasSize(1);
    assertThat(context.get().attempt()).isEqualTo(2);
  }

  @Test
  void an_error_of_a_handler_releases_the_delivery_too() {
    var first = new AtomicInteger(1);
    WebhookReceiver receiver =
        builder()
            .onEach(
                CustomerCreated.class,
                (customer, about) -> {
                  if (first.getAndDecrement() > 0) {
                    throw new StackOverflowError();
                  }
                })
            .build();
    SignedRequest request = SignedRequest.customerCreated();

    assertThatThrownBy(() -> receive(receiver, request)).isInstanceOf(StackOverflowError.class);
    assertThat(receive(receiver, request)).isInstanceOf(Reply.Handled.class);
  }

  @Test
  void the_same_delivery_is_answered_with_409_while_it_is_being_handled() {
    var inner = new AtomicReference<Reply>();
    var receiver = new AtomicReference<WebhookReceiver>();
    SignedRequest request = SignedRequest.customerCreated();
    receiver.set(
        builder()
            .onEach(
                CustomerCreated.class,
                (customer, about) -> inner.set(receive(receiver.get(), request)))
            .build());

    assertThat(receive(receiver.get(), request).status()).isEqualTo(200);
    assertThat(inner.get().status()).isEqualTo(409);
  }

  @Test
  void a_handler_that_lost_its_lease_does_not_acknowledge() {
    var store = new InMemoryIdempotencyStore();
    WebhookReceiver receiver =
        builder()
            .idempotency(store)
            .lease(Duration.ofNanos(1))
            .onEach(
                CustomerCreated.class,
                (customer, about) ->
                    assertThat(store.claim(about.id(), Duration.ofHours(1)))
                        .isInstanceOf(Claim.class))
            .build();

    assertThat(receive(receiver, SignedRequest.customerCreated()))
        .isEqualTo(new Reply.InProgress());
  }

  @Test
  void events_without_handler_are_acknowledged_and_go_to_onUnknown_if_it_is_there() {
    SignedRequest unknown = SignedRequest.of("pool.filled.v2", "{\"litres\":5}");
    SignedRequest unhandled = SignedRequest.of("customer.status.updated", STATUS.formatted("lead"));

    WebhookReceiver ignoring = collecting().build();
    assertThat(receive(ignoring, unknown)).isEqualTo(new Reply.Ignored());
    assertThat(receive(ignoring, unhandled).status()).isEqualTo(200);
    assertThat(handled).isEmpty();

    WebhookReceiver catching =
        collecting().onUnknown((items, about) -> handled.addAll(items)).build();
    assertThat(receive(catching, unknown)).isEqualTo(new Reply.Handled());
    assertThat(receive(catching, unhandled)).isEqualTo(new Reply.Handled());
    assertThat(handled.get(0)).isInstanceOf(UnknownPayload.class);
    assertThat(handled.get(1)).isInstanceOf(CustomerStatusUpdated.class);
  }

  @Test
  void a_wrong_signature_is_401_and_a_signed_body_that_cannot_be_read_is_400() {
    WebhookReceiver receiver = collecting().build();
    SignedRequest valid = SignedRequest.customerCreated();

    Reply forged = receive(receiver, valid.withBody("{}".getBytes(StandardCharsets.US_ASCII)));
    assertThat(forged.status()).isEqualTo(401);
    Reply noJson = receive(receiver, SignedRequest.of("{".getBytes(StandardCharsets.US_ASCII)));
    assertThat(noJson.status()).isEqualTo(400);
    Reply noName = receive(receiver, SignedRequest.of("customer.created", "{\"customerId\":1001}"));
    assertThat(noName.status()).isEqualTo(400);
    assertThat(noName.message()).contains("displayName");
    assertThat(handled).isEmpty();
  }

  @Test
  void a_body_above_the_limit_is_refused_before_it_is_verified() {
    SignedRequest request = SignedRequest.customerCreated();
    int length = request.body().length;

    assertThat(receive(collecting().maxBodyBytes(length).build(), request).status()).isEqualTo(200);
    assertThat(receive(collecting().maxBodyBytes(length - 1).build(), request).status())
        .isEqualTo(413);
  }

  @Test
  void events_older_than_maxAge_are_refused() {
    Duration maxAge = Duration.ofMinutes(5);
    WebhookReceiverBuilder builder = collecting().maxAge(maxAge);

    Reply inTime =
        receive(
            builder.clock(() -> SignedRequest.OCCURRED_AT.plus(maxAge)).build(),
            SignedRequest.customerCreated());
    Reply late =
        receive(
            builder.clock(() -> SignedRequest.OCCURRED_AT.plus(maxAge).plusNanos(1)).build(),
            SignedRequest.customerCreated());

    assertThat(inTime.status()).isEqualTo(200);
    assertThat(late).isInstanceOf(Reply.Unauthorized.class);
    assertThat(late.message()).contains("maxAge");
  }

  @Test
  void a_slow_handler_on_an_executor_is_409_first_and_a_duplicate_afterwards() throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      var goOn = new CountDownLatch(1);
      WebhookReceiver receiver =
          builder()
              .executor(executor, Duration.ofMillis(20))
              .on(CustomerCreated.class, (customers, about) -> goOn.await())
              .build();
      SignedRequest request = SignedRequest.customerCreated();

      assertThat(receive(receiver, request).status()).isEqualTo(409);
      assertThat(receive(receiver, request).status()).as("while it runs").isEqualTo(409);
      goOn.countDown();
      executor.submit(() -> {}).get();
      assertThat(receive(receiver, request)).isEqualTo(new Reply.Duplicate());
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void a_delivery_that_the_executor_rejects_is_released() {
    var full = new AtomicInteger(1);
    WebhookReceiver receiver =
        collecting()
            .executor(task -> {
              if (full.getAndDecrement() > 0) {
                throw new RejectedExecutionException("full");
              }
              task.run();
            })
            .build();
    SignedRequest request = SignedRequest.customerCreated();

    assertThat(receive(receiver, request).status()).isEqualTo(500);
    assertThat(receive(receiver, request)).isEqualTo(new Reply.Handled());
  }

  @Test
  void a_store_that_fails_makes_the_delivery_come_again() {
    IdempotencyStore broken =
        new IdempotencyStore() {
          @Override
          public ClaimResult claim(UUID id, Duration lease) {
            throw new IllegalStateException("the database is down");
          }

          @Override
          public boolean complete(Claim claim) {
            throw new AssertionError("nothing was claimed");
          }

          @Override
          public void release(Claim claim) {
            throw new AssertionError("nothing was claimed");
          }
        };

    assertThat(
            receive(collecting().idempotency(broken).build(), SignedRequest.customerCreated())
                .status())
        .isEqualTo(500);
    assertThat(handled).isEmpty();
  }

  @Test
  void headers_are_found_in_maps_of_strings_and_of_lists_in_any_case() {
    SignedRequest request = SignedRequest.customerCreated();
    Map<String, ?> lists = Map.of("x-webhook-signature", List.of(request.signature()));
    Map<String, ?> arrays = Map.of("X-WEBHOOK-SIGNATURE", new String[] {request.signature()});

    assertThat(collecting().build().receive(request.body(), lists).status()).isEqualTo(200);
    assertThat(collecting().build().receive(request.body(), arrays).status()).isEqualTo(200);
    assertThatThrownBy(() -> RequestHeaders.of(Map.of("a", 1))).hasMessageContaining("header a");
  }

  @Test
  void a_receiver_without_secret_or_handler_is_not_built() {
    assertThatThrownBy(() -> builder().build()).hasMessageContaining("handler");
    assertThatThrownBy(
            () -> WebhookReceiver.builder().on(CustomerCreated.class, (c, about) -> {}).build())
        .hasMessageContaining("secret");
    assertThatThrownBy(() ->
            WebhookReceiver.builder()
                .secret(null)
                .on(CustomerCreated.class, (c, about) -> {})
                .build())
        .hasMessageContaining("environment variable");
    assertThatThrownBy(() -> collecting().on(CustomerCreated.class, (c, about) -> {}))
        .hasMessageContaining("CustomerCreated");
  }

  @Test
  void the_context_tells_what_the_envelope_and_the_headers_say() {
    WebhookReceiver receiver = collecting().build();
    UUID id = UUID.randomUUID();
    SignedRequest request =
        SignedRequest.of(id, "customer.created", customer(1)).with("X-Webhook-Test", "true");

    receive(receiver, request.with("X-Webhook-Attempt", "nonsense"));

    assertThat(context.get().id()).isEqualTo(id);
    assertThat(context.get().event()).isEqualTo("customer.created");
    assertThat(context.get().companyId()).isEqualTo(40);
    assertThat(context.get().timestamp()).isEqualTo(SignedRequest.OCCURRED_AT);
    assertThat(context.get().attempt()).isEqualTo(1);
    assertThat(context.get().isTest()).isTrue();
    assertThat(context.get().rawBody()).isEqualTo(request.body());
    assertThat(context.get().toString()).doesNotContain("C1");
  }

  private WebhookReceiverBuilder builder() {
    return WebhookReceiver.builder().secret(SignedRequest.SECRET);
  }

  private WebhookReceiverBuilder collecting() {
    return builder()
        .on(
            CustomerCreated.class,
            (customers, about) -> {
              handled.addAll(customers);
              context.set(about);
            });
  }

  private static Reply receive(WebhookReceiver receiver, SignedRequest request) {
    return receiver.receive(request.body(), request.headers());
  }

  private static String customer(int number) {
    return "{\"customerId\":%d,\"displayName\":\"C%d\"}".formatted(number, number);
  }
}
