package com.poolbrain.webhooks.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.events.Envelope;
import com.poolbrain.webhooks.events.payload.CustomerStatus;
import com.poolbrain.webhooks.events.payload.CustomerStatusUpdated;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LatestOnlyTest {

  private static final Instant MONDAY = Instant.parse("2026-03-02T08:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-03-03T08:00:00Z");

  private final List<String> applied = new ArrayList<>();
  private final AtomicBoolean down = new AtomicBoolean();
  private final WebhookReceiver receiver =
      WebhookReceiver.builder()
          .secret(SignedRequest.SECRET)
          .onEach(
              CustomerStatusUpdated.class,
              LatestOnly.by(
                  CustomerStatusUpdated::customerId,
                  (change, context) -> {
                    if (down.get()) {
                      throw new IllegalStateException("down");
                    }
                    applied.add(change.customerId() + " " + change.currentStatus());
                  }))
          .build();

  @Test
  void an_older_change_of_the_same_customer_is_dropped_and_acknowledged() {
    assertThat(send(7, CustomerStatus.INACTIVE, TUESDAY)).isEqualTo(200);
    assertThat(send(7, CustomerStatus.ACTIVE, MONDAY)).isEqualTo(200);
    assertThat(send(8, CustomerStatus.ACTIVE, MONDAY)).isEqualTo(200);
    assertThat(send(7, CustomerStatus.LEAD, TUESDAY)).as("same time").isEqualTo(200);

    assertThat(applied).containsExactly("7 INACTIVE", "8 ACTIVE", "7 LEAD");
  }

  @Test
  void a_change_that_failed_does_not_make_older_ones_outdated() {
    down.set(true);
    assertThat(send(7, CustomerStatus.INACTIVE, TUESDAY)).isEqualTo(500);
    down.set(false);
    assertThat(send(7, CustomerStatus.ACTIVE, MONDAY)).isEqualTo(200);

    assertThat(applied).containsExactly("7 ACTIVE");
  }

  private int send(long customer, CustomerStatus status, Instant occurredAt) {
    String data =
        "{\"customerId\":%d,\"displayName\":\"A\",\"currentStatus\":\"%s\"}"
            .formatted(customer, status.name().toLowerCase(Locale.ROOT));
    SignedRequest request =
        SignedRequest.of(
            Envelope.write(
                UUID.randomUUID(),
                "customer.status.updated",
                40,
                occurredAt,
                data.getBytes(StandardCharsets.US_ASCII)));
    return receiver.receive(request.body(), request.headers()).status();
  }
}
