package com.poolbrain.webhooks.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.contracts.consumer.Behaviour.Answers;
import com.poolbrain.webhooks.contracts.consumer.RawServer;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome.Delivered;
import com.poolbrain.webhooks.domain.Outcome.Failed;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where requests go, and where they never go.
@Timeout(120)
final class DestinationsTest {

  private final House house = new House();

  @AfterEach
  void close() {
    house.close();
  }

  @ParameterizedTest
  @CsvSource({
    "https://localhost:0/, CONNECT_REFUSED",
    "https://localhost:70000/, CONNECT_REFUSED",
    "https://a..b/, DNS",
    "https:///, DNS",
    "https://2130706433/, BLOCKED_ADDRESS",
    "https://127.1/, BLOCKED_ADDRESS",
    "https://0x7f.1/, BLOCKED_ADDRESS",
  })
  void aUrlThatLeadsNowhereIsAFailureToo(URI url, ErrorClass error) throws Exception {
    assertThat(house.send(url)).isEqualTo(new Failed(error));
  }

  @Test
  void plainHttpReachesLoopbackOnly() throws Exception {
    RawServer server = house.plain(new Answers(200, ""));

    assertThat(house.send(server.url("/"))).isInstanceOf(Delivered.class);
    assertThat(house.send(URI.create("http://8.8.8.8/")))
        .isEqualTo(new Failed(ErrorClass.BLOCKED_ADDRESS));
  }

  @Test
  void plainHttpIsRefusedUnlessItIsAllowed() throws Exception {
    Destinations https =
        new Destinations(House.settings().destinations().allowedNetworks(), false, null);
    try (House strict = new House(House.settings().with(https))) {
      RawServer server = strict.plain(new Answers(200, ""));

      assertThat(strict.send(server.url("/"))).isEqualTo(new Failed(ErrorClass.BLOCKED_ADDRESS));
      assertThat(server.visits()).isZero();
    }
  }

  @Test
  void loopbackIsRefusedUnlessItIsAllowed() throws Exception {
    try (House strict = new House(House.settings().with(Destinations.publicHttps()))) {
      RawServer server = strict.tls(new Answers(200, ""));

      for (String host : new String[] {"localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]"}) {
        assertThat(strict.send(server.url(host, "/")))
            .isEqualTo(new Failed(ErrorClass.BLOCKED_ADDRESS));
      }
      assertThat(server.visits()).isZero();
    }
  }
}
