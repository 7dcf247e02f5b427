package com.poolbrain.webhooks.samples.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.consumer.WebhookReceiver;
import com.poolbrain.webhooks.events.payload.CustomerStatusUpdated;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Each sample gives the bytes and headers of a request to the receiver, and its answer back.
class AdaptersTest {

  private static final int MAX_BODY_BYTES = 500_000;

  private record Vector(String group, String name, String secret, byte[] body, String signature) {

    Map<String, String> headers() {
      return Map.of("X-Webhook-Signature", signature);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_vector_is_answered_as_the_receiver_answers_it(Adapter adapter) throws Exception {
    Map<String, List<Vector>> bySecret =
        vectors().stream()
            .collect(Collectors.groupingBy(Vector::secret, TreeMap::new, Collectors.toList()));
    List<Integer> statuses = new ArrayList<>();
    for (Map.Entry<String, List<Vector>> vectors : bySecret.entrySet()) {
      WebhookReceiver expected = receiver(vectors.getKey(), new ArrayList<>());
      try (var endpoint = adapter.start(receiver(vectors.getKey(), new ArrayList<>()))) {
        for (Vector vector : vectors.getValue()) {
          int status = endpoint.post(vector.body(), vector.signature());
          assertThat(status)
              .as(vector.name())
              .isEqualTo(expected.receive(vector.body(), vector.headers()).status());
          assertThat(status == 401).as(vector.name()).isEqualTo(vector.group().equals("invalid"));
          statuses.add(status);
        }
      }
    }
    assertThat(statuses).contains(200, 400, 401);
  }

  @ParameterizedTest
  @EnumSource
  void a_webhook_is_handled_once_and_one_that_is_too_large_is_refused(Adapter adapter)
      throws Exception {
    Vector vector = vectors().get(0);
    List<CustomerStatusUpdated> handled = new CopyOnWriteArrayList<>();
    try (var endpoint = adapter.start(receiver(vector.secret(), handled))) {
      assertThat(endpoint.post(vector.body(), vector.signature())).isEqualTo(200);
      assertThat(endpoint.post(vector.body(), vector.signature())).isEqualTo(200);
      assertThat(endpoint.post(new byte[MAX_BODY_BYTES + 1], vector.signature())).isEqualTo(413);
    }
    assertThat(handled).hasSize(1);
  }

  private static WebhookReceiver receiver(String secret, List<CustomerStatusUpdated> handled) {
    return WebhookReceiver.builder()
        .secret(secret)
        .on(CustomerStatusUpdated.class, (changes, context) -> handled.addAll(changes))
        .maxBodyBytes(MAX_BODY_BYTES)
        .build();
  }

  private static List<Vector> vectors() throws IOException {
    List<Vector> vectors = new ArrayList<>();
    try (InputStream file = AdaptersTest.class.getResourceAsStream("/vectors/signature.json")) {
      JsonNode groups = JsonMapper.shared().readTree(Objects.requireNonNull(file));
      for (String group : List.of("valid", "receiver_may_accept", "invalid")) {
        for (JsonNode vector : groups.path(group)) {
          vectors.add(
              new Vector(
                  group,
                  vector.path("name").stringValue(),
                  vector.path("secret").stringValue(),
                  Base64.getDecoder().decode(vector.path("body_base64").stringValue()),
                  vector.path("signature").stringValue()));
        }
      }
    }
    return vectors;
  }
}
