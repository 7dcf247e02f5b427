package com.poolbrain.webhooks.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.server.RunningApplication;
import com.poolbrain.webhooks.server.SharedApplicationExtension;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// Random histories of configuration and events: the look-up answers as a simple model does, which
/// notes at each publish what every endpoint is then. The seed is printed.
@ExtendWith(SharedApplicationExtension.class)
@Tag("slow")
class SupportLookupPropertyTest {

  private static final int STEPS = 60;
  private static final List<String> NAMES =
      List.of("customer.created", "job.created", "job.one_time.created");
  private static final Map<String, String> DATA =
      Map.of(
          "customer.created", "{\"customerId\": 1, \"displayName\": \"n\"}",
          "job.one_time.created", "{\"jobNumber\": \"J-1\"}");

  /// What the model knows of an endpoint.
  private static final class ModelEndpoint {
    final TestEndpoint endpoint;
    Set<String> events;
    boolean paused;
    boolean deleted;

    ModelEndpoint(TestEndpoint endpoint, Set<String> events) {
      this.endpoint = endpoint;
      this.events = events;
    }

    String decision(String type, boolean webhooksOn) {
      boolean isSubscribed =
          events.contains(type)
              || (type.equals("job.one_time.created") && events.contains("job.created"));
      if (deleted) {
        return "deleted";
      }
      if (!isSubscribed) {
        return "not_subscribed";
      }
      return webhooksOn && !paused ? "selected" : "skipped";
    }
  }

  private final ServiceClient api;
  private final List<ModelEndpoint> endpoints = new ArrayList<>();

  /// By event, the decision of each endpoint that existed.
  private final Map<String, Map<String, String>> expected = new LinkedHashMap<>();

  private boolean webhooksOn = true;

  SupportLookupPropertyTest(RunningApplication service) {
    this.api = service.client();
  }

  @RepeatedTest(3)
  void look_up_agrees_with_the_model() {
    long seed = new Random().nextLong();
    System.out.println("SupportLookupPropertyTest seed " + seed);
    Random random = new Random(seed);
    try (HttpsReceiver receiver = HttpsReceiver.accepting()) {
      TestCompany company = TestCompany.create(api);
      create(company, receiver.url("/first-" + company.id()), random);
      for (int i = 0; i < STEPS; i++) {
        step(company, receiver, random);
      }

      Map<String, JsonNode> found = new HashMap<>();
      expected.forEach((id, decisions) -> {
        JsonNode event = api.get("/support/lookup?id=" + id).expect(200).path("events").path(0);
        assertDecisions(seed, event, decisions);
        found.put(id, event);
      });
      for (int i = 0; i < 10; i++) {
        assertUrlLookup(seed, receiver.url("/first-" + company.id()), found, random);
      }
    }
  }

  private void step(TestCompany company, HttpsReceiver receiver, Random random) {
    ModelEndpoint any = endpoints.get(random.nextInt(endpoints.size()));
    boolean isFirst = any == endpoints.getFirst();
    switch (random.nextInt(10)) {
      case 0 -> {
        URI url =
            random.nextBoolean()
                ? receiver.url("/" + endpoints.size())
                : URI.create("https://127.0.0.1:1/" + endpoints.size());
        create(company, url, random);
      }
      case 1 -> {
        webhooksOn = random.nextBoolean();
        company.setWebhooksEnabled(webhooksOn);
      }
      case 2 -> {
        if (!any.deleted) {
          any.paused = random.nextBoolean();
          api.patch(any.endpoint.path(), "{\"paused\": %s}".formatted(any.paused)).expect(200);
        }
      }
      case 3 -> {
        if (!any.deleted) {
          any.events = randomEvents(random);
          api.patch(any.endpoint.path(), "{\"events\": %s}".formatted(json(any.events)))
              .expect(200);
        }
      }
      case 4 -> {
        if (!any.deleted && !isFirst) {
          any.deleted = true;
          api.delete(any.endpoint.path()).expectNoContent();
        }
      }
      case 5 -> {
        if (!any.deleted) {
          api.post(any.endpoint.path() + "/secret/roll", ""); // 409 if there is a next one
        }
      }
      default -> publish(company, random);
    }
  }

  private void create(TestCompany company, URI url, Random random) {
    Set<String> events = randomEvents(random);
    endpoints.add(new ModelEndpoint(company.subscribe(url, events.toArray(String[]::new)), events));
  }

  private static Set<String> randomEvents(Random random) {
    Set<String> events = new TreeSet<>();
    events.add(NAMES.get(random.nextInt(NAMES.size())));
    events.add(NAMES.get(random.nextInt(NAMES.size())));
    return events;
  }

  private static String json(Set<String> names) {
    return "[\"" + String.join("\", \"", names) + "\"]";
  }

  private void publish(TestCompany company, Random random) {
    String type = random.nextBoolean() ? "customer.created" : "job.one_time.created";
    Instant occurred = Instant.now().minusSeconds(random.nextLong(-60, 30 * 3_600));
    String event =
        "{\"company_id\": %d, \"event\": \"%s\", \"timestamp\": \"%s\", \"data\": %s}"
            .formatted(company.id(), type, occurred, DATA.get(type));
    String id = api.publish(event).expect(202).at("/events/0/id").asString();
    Map<String, String> decisions = new HashMap<>();
    endpoints.forEach(e -> decisions.put(e.endpoint.id(), e.decision(type, webhooksOn)));
    expected.put(id, decisions);
  }

  /// A delivery that was made can be skipped later, while it waits; its status then says so.
  private void assertDecisions(long seed, JsonNode event, Map<String, String> decisions) {
    assertThat(event.path("endpoints")).as("seed %d", seed).hasSize(endpoints.size());
    for (JsonNode endpoint : event.path("endpoints")) {
      String decision = endpoint.path("decision").asString();
      String model =
          decisions.getOrDefault(endpoint.path("endpoint_id").asString(), "created_later");
      boolean isSkippedLater =
          model.equals("selected")
              && endpoint.at("/delivery/status").asString("").equals("skipped");
      String description = "seed %d: %s".formatted(seed, endpoint);
      assertThat(decision).as(description).isEqualTo(isSkippedLater ? "skipped" : model);
      assertThat(endpoint.has("delivery"))
          .as(description)
          .isEqualTo(decision.equals("selected") || decision.equals("skipped"));
      assertThat(endpoint.has("reason")).as(description).isEqualTo(!decision.equals("selected"));
    }
  }

  private void assertUrlLookup(long seed, URI url, Map<String, JsonNode> found, Random random) {
    List<JsonNode> events = List.copyOf(found.values());
    JsonNode chosen = events.get(random.nextInt(events.size()));
    Instant at =
        Instant.parse(chosen.path(random.nextBoolean() ? "occurred_at" : "accepted_at").asString());
    Duration window = Duration.ofSeconds(random.nextLong(1, 24 * 3_600 + 1));
    Set<String> model = new TreeSet<>();
    events.stream()
        .filter(event -> isWithin(event, at, window))
        .forEach(event -> model.add(event.path("id").asString()));

    assertThat(allPages(url, at, window))
        .as("seed %d: at %s, window %s", seed, at, window)
        .isEqualTo(model);
  }

  private static boolean isWithin(JsonNode event, Instant at, Duration window) {
    Instant accepted = Instant.parse(event.path("accepted_at").asString());
    Instant occurred = Instant.parse(event.path("occurred_at").asString());
    boolean isAccepted = Duration.between(at, accepted).abs().compareTo(window) <= 0;
    boolean occurs = Duration.between(at, occurred).abs().compareTo(window) <= 0;
    boolean isInTime =
        Duration.between(occurred, accepted).abs().compareTo(Duration.ofHours(24)) <= 0;
    return isAccepted || (occurs && isInTime);
  }

  private Set<String> allPages(URI url, Instant at, Duration window) {
    String path =
        "/support/lookup?limit=7&endpoint_url=%s&at=%s&window=%ds"
            .formatted(URLEncoder.encode(url.toString(), UTF_8), at, window.toSeconds());
    Set<String> ids = new TreeSet<>();
    String cursor = "";
    do {
      JsonNode page = api.get(path + cursor).expect(200);
      for (JsonNode event : page.path("events")) {
        assertThat(ids.add(event.path("id").asString())).as("found once").isTrue();
      }
      cursor =
          page.path("next_cursor").isString()
              ? "&cursor=" + page.path("next_cursor").asString()
              : "";
    } while (!cursor.isEmpty());
    return ids;
  }
}
