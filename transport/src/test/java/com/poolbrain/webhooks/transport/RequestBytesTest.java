package com.poolbrain.webhooks.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.poolbrain.webhooks.contracts.consumer.Behaviour.Answers;
import com.poolbrain.webhooks.contracts.consumer.RawServer;
import com.poolbrain.webhooks.contracts.consumer.Received;
import com.poolbrain.webhooks.engine.Request;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestBytesTest {

  @Test
  void aRequestIsExactlyTheseBytes() throws Exception {
    try (House house = new House()) {
      RawServer server = house.tls(new Answers(200, ""));
      house.transport.send(
          new Request(
              server.url("/hooks/pool?tenant=7&x=%20"),
              List.of(
                  Map.entry("Content-Type", "application/json"),
                  Map.entry("X-Webhook-Signature", "ab"),
                  Map.entry("User-Agent", "PoolBrain-Webhooks/1.0"),
                  Map.entry("X-Webhook-Attempt", "1"),
                  Map.entry("Accept-Encoding", "identity")),
              "{\"id\":1}".getBytes(StandardCharsets.US_ASCII),
              House.PLENTY));

      Received received = server.next();

      assertThat(received.head())
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
      assertThat(received.text()).isEqualTo("{\"id\":1}");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16_383, 16_384, 16_385, 262_144, 1_000_000})
  void everyByteOfABodyArrives(int length) throws Exception {
    byte[] body = new byte[length];
    new SplittableRandom(length).nextBytes(body);
    try (House house = new House()) {
      RawServer server = house.tls(new Answers(200, ""));

      house.transport.send(new Request(server.url("/"), List.of(), body, House.PLENTY));

      assertThat(server.next().body()).isEqualTo(body);
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
  void aHeaderThatWouldChangeTheMessageIsABug(String name, String value) throws Exception {
    try (House house = new House()) {
      Request request =
          new Request(
              URI.create("https://localhost/"),
              List.of(Map.entry(name, value)),
              new byte[0],
              House.PLENTY);

      assertThatIllegalArgumentException().isThrownBy(() -> house.transport.send(request));
    }
  }
}
