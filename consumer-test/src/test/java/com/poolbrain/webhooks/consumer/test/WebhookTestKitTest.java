package com.poolbrain.webhooks.consumer.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.consumer.LatestOnly;
import com.poolbrain.webhooks.consumer.Reply;
import com.poolbrain.webhooks.consumer.WebhookReceiver;
import com.poolbrain.webhooks.consumer.WebhookReceiverBuilder;
import com.poolbrain.webhooks.consumer.httpserver.WebhookHttpHandler;
import com.poolbrain.webhooks.events.payload.CustomerCreated;
import com.poolbrain.webhooks.events.payload.CustomerStatusUpdated;
import com.poolbrain.webhooks.events.payload.Payload;
import com.poolbrain.webhooks.events.payload.UnknownPayload;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A consumer tested with the kit.
class WebhookTestKitTest {

  private static final String SECRET = "whsec_for_tests";

  private final WebhookTestKit kit = WebhookTestKit.secret(SECRET);
  private final List<Payload> handled = new CopyOnWriteArrayList<>();

  static Stream<Sample> everySample() {
    return Stream.of(
        Samples.customerCreated(),
        Samples.customersImported(),
        Samples.customerStatusUpdated(),
        Samples.customerStatusUpdated(7, "lead"),
        Samples.customerStatusUpdated().named("customer.status.changed"),
        Samples.oneTimeJobCreated(),
        Samples.oneTimeJobDeleted(),
        Samples.oneTimeJobDeleted().named("job.Deleted"),
        Samples.oneTimeJobScheduleChanged(),
        Samples.oneTimeJobsMoved(),
        Samples.technicianRouteChanged(),
        Samples.webhookPing());
  }

  @ParameterizedTest
  @MethodSource("everySample")
  void every_sample_is_a_webhook_of_a_known_type(Sample sample) {
    WebhookReceiver receiver = collectingAll().build();

    assertThat(receive(receiver, kit.signed(sample))).isEqualTo(new Reply.Handled());
    assertThat(handled).isNotEmpty().noneMatch(item -> item instanceof UnknownPayload);
  }

  @Test
  void groups_have_several_items_and_an_unknown_event_is_unknown() {
    WebhookReceiver receiver = collectingAll().build();

    receive(receiver, kit.signed(Samples.customersImported()));
    assertThat(handled).hasSizeGreaterThan(1);
    handled.clear();
    receive(receiver, kit.signed(Samples.unknownEvent()));
    assertThat(handled).singleElement().isInstanceOf(UnknownPayload.class);
  }

  @Test
  void duplicates_forgeries_and_garbage_get_the_replies_of_a_right_consumer() {
    WebhookReceiver receiver = collectingAll().build();
    TestWebhook webhook = kit.signed(Samples.customerCreated());

    assertThat(receive(receiver, webhook).status()).isEqualTo(200);
    assertThat(receive(receiver, webhook.attempt(2))).isEqualTo(new Reply.Duplicate());
    assertThat(receive(receiver, webhook.withWrongSignature()).status()).isEqualTo(401);
    assertThat(receive(receiver, webhook.withoutSignature()).status()).isEqualTo(401);
    assertThat(receive(receiver, webhook.withBody(new byte[] {'{', '}'})).status()).isEqualTo(401);
    assertThat(receive(receiver, kit.signedGarbage()).status()).isEqualTo(400);
    assertThat(handled).hasSize(1);
  }

  @Test
  void stale_events_and_events_out_of_order_can_be_made() {
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    WebhookReceiver strict = collectingAll().maxAge(Duration.ofHours(1)).clock(() -> now).build();
    WebhookTestKit old = kit.withTime(now.minus(Duration.ofHours(2)));
    assertThat(receive(strict, old.signed(Samples.customerCreated())).status()).isEqualTo(401);

    WebhookReceiver ordered =
        WebhookReceiver.builder()
            .secret(SECRET)
            .onEach(
                CustomerStatusUpdated.class,
                LatestOnly.by(
                    CustomerStatusUpdated::customerId, (change, context) -> handled.add(change)))
            .build();
    receive(ordered, kit.withTime(now).signed(Samples.customerStatusUpdated(7, "inactive")));
    receive(ordered, old.signed(Samples.customerStatusUpdated(7, "active")));
    assertThat(handled).hasSize(1);
  }

  @Test
  void the_company_can_be_chosen() {
    AtomicInteger company = new AtomicInteger();
    WebhookReceiver receiver =
        WebhookReceiver.builder()
            .secret(SECRET)
            .on(
                CustomerCreated.class,
                (customers, context) -> company.set((int) context.companyId()))
            .build();

    receive(receiver, kit.withCompany(7).signed(Samples.customerCreated()));

    assertThat(company).hasValue(7);
  }

  @Test
  void the_fake_sender_repeats_what_fails_by_the_schedule_of_the_service() throws Exception {
    var failures = new AtomicInteger(2);
    WebhookReceiver receiver =
        WebhookReceiver.builder()
            .secret(SECRET)
            .on(
                CustomerCreated.class,
                (customers, context) -> {
                  if (failures.getAndDecrement() > 0) {
                    throw new IllegalStateException("down");
                  }
                  handled.addAll(customers);
                })
            .build();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", new WebhookHttpHandler(receiver));
    server.start();
    var sender = new FakeSender(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    try {
      List<FakeSender.Attempt> attempts = sender.deliver(kit.signed(Samples.customerCreated()));

      assertThat(attempts)
          .containsExactly(
              new FakeSender.Attempt(1, Duration.ZERO, 500, attempts.get(0).answer()),
              new FakeSender.Attempt(2, Duration.ofMinutes(5), 500, attempts.get(1).answer()),
              new FakeSender.Attempt(3, Duration.ofMinutes(15), 200, "handled"));
      assertThat(handled).hasSize(1);
      failures.set(100);
      assertThat(sender.deliver(kit.signed(Samples.customerCreated()))).hasSize(4);
      assertThat(sender.send(kit.signed(Samples.customerCreated()).withWrongSignature()).status())
          .isEqualTo(401);
    } finally {
      server.stop(0);
    }
    assertThat(sender.send(kit.signed(Samples.customerCreated())).status())
        .isEqualTo(FakeSender.NO_ANSWER);
  }

  private WebhookReceiverBuilder collectingAll() {
    return WebhookReceiver.builder()
        .secret(SECRET)
        .onUnknown((items, context) -> handled.addAll(items));
  }

  private static Reply receive(WebhookReceiver receiver, TestWebhook webhook) {
    return receiver.receive(webhook.body(), webhook.headers());
  }
}
