package com.poolbrain.webhooks.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.store.secret.ApiKeyFormat;
import com.poolbrain.webhooks.testkit.service.ServiceEnvironment;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Unknown API keys behind a trusted proxy.
@Tag("slow")
class UnknownKeysTest {

  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir private Path folder;

  @Test
  void unknown_keys_are_limited_by_address_and_ipv6_network_behind_a_trusted_proxy()
      throws Exception {
    ServiceEnvironment environment =
        ServiceEnvironment.withEmbeddedDatabase(folder)
            .with("WEBHOOKS_TRUSTED_PROXIES", "127.0.0.0/8");
    try (var service = new RunningApplication(environment.variables());
        HttpClient http = HttpClient.newHttpClient()) {
      URI url = service.application().url();
      String madeUp = "pbk_" + "A".repeat(48);
      for (int i = 0; i < 200; i++) {
        assertThat(status(http, url, "203.0.113.1", madeUp)).isEqualTo(401);
      }

      exhaust(http, url, "203.0.113.1");
      exhaust(http, url, "2001:db8:0:1::1");

      assertThat(status(http, url, "2001:db8:0:1:ffff::2", unknownKey())).isEqualTo(429);
      assertThat(status(http, url, "2001:db8:0:2::1", unknownKey())).isEqualTo(401);
      assertThat(status(http, url, "203.0.113.2", unknownKey())).isEqualTo(401);
      String key =
          service
              .client()
              .post("/keys", "{\"name\": \"n\", \"scopes\": [\"read\"]}")
              .expect(201)
              .path("key")
              .asString();
      assertThat(status(http, url, "203.0.113.2", key)).isEqualTo(200);
      assertThat(status(http, url, "203.0.113.1", key)).isEqualTo(200);
      assertThat(status(http, url, "203.0.113.1", ServiceEnvironment.ADMIN_KEY)).isEqualTo(200);
    }
  }

  private static String unknownKey() {
    return ApiKeyFormat.generate(RANDOM);
  }

  private static void exhaust(HttpClient http, URI url, String client) throws Exception {
    int status = 401;
    for (int i = 0; status == 401; i++) {
      assertThat(i).isLessThan(100_000);
      status = status(http, url, client, unknownKey());
    }
    assertThat(status).isEqualTo(429);
  }

  private static int status(HttpClient http, URI url, String client, String key)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve("/api/v1/companies"))
            .header("Authorization", "Bearer " + key)
            .header("X-Forwarded-For", client)
            .build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }
}
