package com.poolbrain.webhooks.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.server.RunningApplication;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The live log of the tab Deliveries.
@Tag("slow")
class LiveLogPageTest extends DeliveryPageFixture {

  private static final int VIEWERS = 50;

  LiveLogPageTest(RunningApplication service) {
    super(service);
  }

  private EventStream watch(PageClient browser, String query) {
    return EventStream.open(URI.create(baseUrl + path("/deliveries/live" + query)), browser);
  }

  private int metric(String name) {
    String metrics = company.api().getFromRoot("/metrics").body();
    Matcher matcher = Pattern.compile("(?m)^" + name + " ([0-9.]+)$").matcher(metrics);
    assertThat(matcher.find()).as(name).isTrue();
    return (int) Double.parseDouble(matcher.group(1));
  }

  private int looks() {
    return metric("webhooks_live_looks");
  }

  private void awaitNoViewer() {
    Await.until("nobody watches", () -> metric("webhooks_live_viewers"), count -> count == 0);
  }

  @Test
  void stream_begins_with_the_first_page_and_tells_what_is_new_and_what_changes() {
    TestEndpoint endpoint = company.subscribe(receiver.url(), "customer.created");
    String old = deliver("delivered");
    try (EventStream stream = watch(manager, "")) {
      assertThat(stream.response().headers().firstValue("Content-Type"))
          .contains("text/event-stream");
      assertThat(stream.response().headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(stream.response().headers().firstValue("X-Accel-Buffering")).contains("no");
      assertThat(stream.awaitRow(old, "delivered")).startsWith("<tr role=\"row\" data-row=");
      assertThat(stream.data("time")).isNotEmpty();

      receiver.respondWith(503);
      String failing = deliver("retrying");
      assertThat(stream.awaitRow(failing, "server_error"))
          .contains("data-countdown", path("/deliveries/" + failing));
      receiver.respondWith(204);
      endpoint.redeliver(failing).expect(202);
      stream.awaitRow(failing, "204", ">manual</span>");
      assertThat(stream.data("row").stream().filter(row -> row.contains(old)))
          .as("rows that did not change")
          .hasSize(1);
      assertThat(stream.data("overflow")).isEmpty();
    }
  }

  @Test
  void filters_of_the_list_apply() {
    receiver.respondWith(503);
    company.subscribe(receiver.url(), "customer.created");
    try (EventStream stream = watch(manager, "?status=retrying&event=customer.created")) {
      TestEndpoint ofJobs = company.subscribe(receiver.url("/j"), "job.one_time.deleted");
      company.publish("job.one_time.deleted", "{\"jobNumber\": \"J-9\", \"jobTitle\": \"x\"}");
      ofJobs.awaitDeliveries(1, "retrying");
      String id = deliver("retrying");
      stream.awaitRow(id);
      assertThat(stream.data("row")).allMatch(row -> row.contains(id));
    }
  }

  @Test
  void what_cannot_be_followed_is_refused() {
    for (String query : List.of("?q=J-9", "?status=done", "?from=yesterday")) {
      assertThat(manager.get(path("/deliveries/live" + query)).statusCode())
          .as(query)
          .isEqualTo(422);
    }
    PageClient stranger = signIn("manager");
    stranger.cookies().replaceAll((name, value) -> value + "x");
    assertThat(stranger.get(path("/deliveries/live")).statusCode()).isEqualTo(403);
  }

  @Test
  void list_offers_live_on_its_first_page_without_a_search_only() {
    assertThat(show("/deliveries")).contains("data-live=\"" + path("/deliveries/live") + "\"");
    assertThat(show("/deliveries?status=retrying"))
        .contains("data-live=\"" + path("/deliveries/live?status=retrying") + "\"", ">Live<");
    assertThat(show("/deliveries?q=J-9")).doesNotContain("data-live");
    assertThat(show("/deliveries?page=" + "A".repeat(22))).doesNotContain("data-live");
    assertThat(signIn("viewer").get(path("/deliveries")).body()).contains("data-live=");
  }

  @Test
  void stream_ends_when_its_session_does() {
    PageClient other = signIn("viewer");
    try (EventStream stays = watch(manager, "");
        EventStream ends = watch(other, "")) {
      Await.until(
          "both begin", () -> !stays.data("time").isEmpty() && !ends.data("time").isEmpty());
      other.get(path("/deliveries"));
      assertThat(other.post(path("/sign-out"), Map.of()).statusCode()).isEqualTo(200);
      ends.awaitEnd();
      assertThat(stays.isEnded()).isFalse();
    }
  }

  /// One look of a second each, with some that a slow machine makes late.
  @Test
  void viewers_of_a_company_share_one_query_a_second_and_none_is_made_without_them() {
    company.subscribe(receiver.url(), "customer.created");
    awaitNoViewer();
    List<EventStream> streams = new ArrayList<>();
    try {
      for (int i = 0; i < VIEWERS; i++) {
        streams.add(watch(manager, ""));
      }
      assertThat(metric("webhooks_live_viewers")).isEqualTo(VIEWERS);
      int before = looks();
      long start = System.nanoTime();
      for (int round = 0; round < 3; round++) {
        String id = deliver("delivered");
        streams.forEach(stream -> stream.awaitRow(id, "delivered"));
      }
      long seconds = (System.nanoTime() - start) / 1_000_000_000;
      assertThat(looks() - before).isBetween(1, (int) seconds + 2);
    } finally {
      streams.forEach(EventStream::close);
    }
    awaitNoViewer();
    int after = looks();
    long end = System.nanoTime() + 1_500_000_000L; // more than the second between two queries
    Await.until("deliveries of more than a second", () -> publishUntil(end));
    assertThat(looks()).as("queries without viewers").isEqualTo(after);
  }

  private boolean publishUntil(long nanoTime) {
    publishCustomer(9);
    return System.nanoTime() > nanoTime;
  }

  @Test
  void too_many_viewers_of_a_company_are_refused_in_words() {
    List<EventStream> streams = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        streams.add(watch(manager, ""));
      }
      var refused = manager.get(path("/deliveries/live"));
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).contains("load the list again");
    } finally {
      streams.forEach(EventStream::close);
    }
    awaitNoViewer();
    try (EventStream stream = watch(manager, "")) {
      assertThat(stream.response().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void text_of_rows_stays_text_in_events() {
    company.createEndpoint(
        "{\"url\": \"%s\", \"events\": [\"customer.created\"], \"description\": \"d\"}"
            .formatted(receiver.url("/?a=%3Cscript%3E'\"".replace("\"", "%22"))));
    try (EventStream stream = watch(manager, "")) {
      String id = deliver("delivered");
      assertThat(stream.awaitRow(id, "delivered")).doesNotContain("<script", "\0");
    }
  }
}
