package com.poolbrain.webhooks.consumer.test.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.consumer.WebhookReceiver;
import com.poolbrain.webhooks.consumer.test.FakeSender;
import com.poolbrain.webhooks.consumer.test.Samples;
import com.poolbrain.webhooks.consumer.test.WebhookTestKit;
import com.poolbrain.webhooks.events.payload.CustomerCreated;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A consumer tested with the extension.
class WebhookExtensionTest {

  private static final String SECRET = "whsec_for_tests";

  private final AtomicInteger failures = new AtomicInteger();
  private final List<CustomerCreated> handled = new CopyOnWriteArrayList<>();
  private final List<Instant> times = new CopyOnWriteArrayList<>();

  @RegisterExtension
  final WebhookExtension webhooks = WebhookExtension.withSecret(SECRET).serving(this::receiver);

  private WebhookReceiver receiver() {
    return WebhookReceiver.builder()
        .secret(SECRET)
        .clock(webhooks.clock())
        .on(
            CustomerCreated.class,
            (customers, context) -> {
              times.add(webhooks.clock().instant());
              if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("down");
              }
              handled.addAll(customers);
            })
        .build();
  }

  @Test
  void delivery_that_fails_is_repeated_at_the_virtual_times_of_the_schedule() throws Exception {
    failures.set(3);

    assertThat(webhooks.deliver(Samples.customerCreated()))
        .extracting(FakeSender.Attempt::status)
        .containsExactly(500, 500, 500, 200);
    Instant start = times.get(0);
    assertThat(times)
        .containsExactly(
            start,
            start.plusSeconds(5 * 60),
            start.plusSeconds(15 * 60),
            start.plusSeconds(45 * 60));
    assertThat(handled).hasSize(1);
  }

  @Test
  void forged_webhook_is_refused() throws Exception {
    assertThat(
            webhooks
                .send(webhooks.kit().signed(Samples.customerCreated()).withWrongSignature())
                .status())
        .isEqualTo(401);
    assertThat(handled).isEmpty();
  }

  @Test
  void extension_without_a_consumer_says_what_is_missing() {
    WebhookExtension lost = WebhookExtension.withSecret(SECRET);

    assertThatThrownBy(() -> lost.send(WebhookTestKit.secret(SECRET).signedGarbage()))
        .hasMessageContaining("sendingTo");
  }
}
