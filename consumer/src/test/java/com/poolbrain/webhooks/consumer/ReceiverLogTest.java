package com.poolbrain.webhooks.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.events.payload.CustomerCreated;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceiverLogTest {

  private final Logger logger = Logger.getLogger("com.poolbrain.webhooks.consumer");
  private final StringBuilder log = new StringBuilder();
  private final Handler listener =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          log.append(new SimpleFormatter().format(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    listener.setLevel(Level.ALL);
    logger.setLevel(Level.ALL);
    logger.addHandler(listener);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(listener);
    logger.setLevel(null);
  }

  @Test
  void neither_contents_nor_secrets_are_logged() {
    WebhookReceiver receiver =
        WebhookReceiver.builder()
            .secret(SignedRequest.SECRET)
            .onEach(
                CustomerCreated.class,
                (customer, context) -> {
                  throw new IllegalStateException("the CRM is down");
                })
            .build();
    SignedRequest request = SignedRequest.customerCreated();

    receive(receiver, request);
    receive(receiver, request.with("X-Webhook-Signature", "0".repeat(64)));
    receive(receiver, SignedRequest.of("{\"Ren".getBytes(StandardCharsets.US_ASCII)));
    receive(receiver, SignedRequest.of("customer.created", "{\"customerId\":\"Ren\"}"));
    receive(receiver, SignedRequest.of("pool.filled.v2", "{\"name\":\"Ren\"}"));

    assertThat(log.toString())
        .contains("customer.created", "refused", "can't be read", "ignored", "the CRM is down")
        .doesNotContain("Ren", "3q2+796tvu");
  }

  private static void receive(WebhookReceiver receiver, SignedRequest request) {
    receiver.receive(request.body(), request.headers());
  }
}
