package com.poolbrain.webhooks.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.poolbrain.webhooks.engine.request.WebhookRequest;
import com.poolbrain.webhooks.testkit.endpoint.EndpointBehavior.Responds;
import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedServer;
import com.poolbrain.webhooks.transport.TransportFixture;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestEncoderTest {

  @Test
  void request_is_encoded_to_exactly_these_bytes() throws Exception {
    try (TransportFixture fixture = new TransportFixture()) {
      ScriptedServer server = fixture.startTlsServer(new Responds(200, ""));
      fixture.transport.send(
          new WebhookRequest(
              server.url("/hooks/pool?tenant=7&x=%20"),
              List.of(
                  Map.entry("Content-Type", "application/json"),
                  Map.entry("X-Webhook-Signature", "ab"),
                  Map.entry("User-Agent", "PoolBrain-Webhooks/1.0"),
                  Map.entry("X-Webhook-Attempt", "1"),
                  Map.entry("Accept-Encoding", "identity")),
              "{\"id\":1}".getBytes(StandardCharsets.US_ASCII),
              TransportFixture.GENEROUS_TIMEOUT));

      ReceivedRequest receivedRequest = server.nextRequest();

      assertThat(receivedRequest.head())
          .isEqualTo(
              """
              POST /hooks/pool?tenant=7&x=%20 HTTP/1.1
              Host: localhost:PORT
              Content-Type: application/json
              X-Webhook-Signature: ab
              User-Agent: PoolBrain-Webhooks/1.0
              X-Webhook-Attempt: 1
              Accept-Encoding: identity
              Content-Length: 8

              """
                  .replace("PORT", Integer.toString(server.port()))
                  .replace("\n", "\r\n"));
      assertThat(receivedRequest.bodyText()).isEqualTo("{\"id\":1}");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16_383, 16_384, 16_385, 262_144, 1_000_000})
  void every_byte_of_a_body_is_sent(int length) throws Exception {
    byte[] body = new byte[length];
    new SplittableRandom(length).nextBytes(body);
    try (TransportFixture fixture = new TransportFixture()) {
      ScriptedServer server = fixture.startTlsServer(new Responds(200, ""));

      fixture.transport.send(
          new WebhookRequest(server.url("/"), List.of(), body, TransportFixture.GENEROUS_TIMEOUT));

      assertThat(server.nextRequest().body()).isEqualTo(body);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "X-A, 'one\r\nX-B: two'",
    "X-A, 'one\ntwo'",
    "X-A, 'tab\t'",
    "X-A, 'ü'",
    "'X A', one",
    "'X:A', one",
    "'', one",
    "Host, example.com",
    "content-length, 7",
    "Transfer-Encoding, chunked",
  })
  void header_that_would_change_the_message_is_an_illegal_argument(String name, String value)
      throws Exception {
    try (TransportFixture fixture = new TransportFixture()) {
      WebhookRequest request =
          new WebhookRequest(
              URI.create("https://localhost/"),
              List.of(Map.entry(name, value)),
              new byte[0],
              TransportFixture.GENEROUS_TIMEOUT);

      assertThatIllegalArgumentException().isThrownBy(() -> fixture.transport.send(request));
    }
  }
}
