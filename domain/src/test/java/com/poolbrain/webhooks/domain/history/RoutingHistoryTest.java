package com.poolbrain.webhooks.domain.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.history.RoutedEvent.Skip;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Why an endpoint got an event or did not. The configuration of version n is valid from 10:00:n
/// on.
final class RoutingHistoryTest {

  private static final EventType TYPE =
      new EventType("job.one_time.created", List.of("job.created"), false);

  private final List<CompanyVersion> company = new ArrayList<>();
  private final List<EndpointVersion> endpoint = new ArrayList<>();

  private static Instant at(long version) {
    return Instant.parse("2026-11-30T10:00:00.123Z").plusSeconds(version);
  }

  private void company(long version, boolean isOn) {
    company.add(new CompanyVersion(version, isOn, company.isEmpty(), at(version), "key:boss"));
  }

  private void create(long version, String... events) {
    endpoint.add(
        new EndpointVersion(
            Endpoint.create(
                    new UUID(1, 1),
                    40,
                    URI.create("https://a.example/"),
                    List.of(events),
                    "s".repeat(20),
                    at(version))
                .withVersion(version),
            at(version),
            "key:ops"));
  }

  private void change(long version, UnaryOperator<Endpoint> change) {
    endpoint.add(
        new EndpointVersion(
            change.apply(endpoint.getLast().endpoint()).withVersion(version),
            at(version),
            "key:ops"));
  }

  private RoutingExplanation explain(long version) {
    return explain(version, null);
  }

  private RoutingExplanation explain(long version, @Nullable Skip skip) {
    return new RoutingHistory(company, endpoint).explain(new RoutedEvent(TYPE, version, skip));
  }

  private static void assertExplained(
      RoutingExplanation explanation, RoutingDecision decision, @Nullable String reason) {
    assertThat(explanation).isEqualTo(new RoutingExplanation(decision, reason));
  }

  @Test
  void endpoint_that_was_subscribed_under_any_name_is_selected_until_it_is_deleted() {
    company(1, false);
    company(2, true);
    create(3, "job.created");
    change(5, e -> e.withDeleted(true));

    assertExplained(
        explain(2),
        RoutingDecision.CREATED_LATER,
        "It was created at 2026-11-30T10:00:03Z by key:ops, after the event was accepted.");
    assertExplained(explain(3), RoutingDecision.SELECTED, null);
    assertExplained(explain(4), RoutingDecision.SELECTED, null);
    assertExplained(
        explain(9), RoutingDecision.DELETED, "It was deleted at 2026-11-30T10:00:05Z by key:ops.");
  }

  @Test
  void webhooks_that_are_off_name_when_and_by_whom_they_were_switched_off() {
    company(1, false);
    create(2, "job.created");
    company(3, true);
    company(5, false);
    company(6, false); // renamed
    change(7, e -> e.withPaused(true));

    assertExplained(
        explain(2),
        RoutingDecision.SKIPPED,
        "Webhooks of the company were off: never switched on since it was created at"
            + " 2026-11-30T10:00:01Z by key:boss.");
    assertExplained(explain(4), RoutingDecision.SELECTED, null);
    for (long version : List.of(5L, 6L, 8L)) {
      assertExplained(
          explain(version),
          RoutingDecision.SKIPPED,
          "Webhooks of the company were off since 2026-11-30T10:00:05Z by key:boss.");
    }
  }

  @Test
  void pause_names_its_beginning_although_other_fields_changed_since() {
    company(1, true);
    create(2, "job.created");
    change(3, e -> e.withPaused(true));
    change(4, e -> e.withDescription("d"));
    change(5, e -> e.withPaused(false));

    assertExplained(
        explain(4),
        RoutingDecision.SKIPPED,
        "The endpoint was paused since 2026-11-30T10:00:03Z by key:ops.");
    assertExplained(explain(5), RoutingDecision.SELECTED, null);
  }

  @Test
  void type_that_is_not_subscribed_names_when_it_was_dropped() {
    company(1, true);
    create(2, "customer.created");
    change(3, e -> e.withSubscribedEvents(List.of("job.created")));
    change(4, e -> e.withSubscribedEvents(List.of("customer.created")).withPaused(true));

    assertExplained(
        explain(2),
        RoutingDecision.NOT_SUBSCRIBED,
        "It was not subscribed to job.one_time.created, never since it was created at"
            + " 2026-11-30T10:00:02Z by key:ops.");
    assertExplained(explain(3), RoutingDecision.SELECTED, null);
    assertExplained(
        explain(4),
        RoutingDecision.NOT_SUBSCRIBED,
        "It was not subscribed to job.one_time.created since 2026-11-30T10:00:04Z by key:ops.");
  }

  @Test
  void delivery_that_was_skipped_while_it_waited_names_the_change_that_did_it() {
    company(1, true);
    create(2, "job.created");
    company(4, false);
    company(5, true);
    company(9, false);
    change(6, e -> e.withPaused(true));
    change(7, e -> e.withPaused(false).withSubscribedEvents(List.of("customer.created")));
    change(8, e -> e.withDeleted(true));

    assertThat(reason(SkipReason.WEBHOOKS_OFF, at(4).plusMillis(20)))
        .isEqualTo(
            "Its delivery was waiting when webhooks of the company were switched off at"
                + " 2026-11-30T10:00:04Z by key:boss.");
    assertThat(reason(SkipReason.ENDPOINT_PAUSED, at(6)))
        .endsWith("the endpoint was paused at 2026-11-30T10:00:06Z by key:ops.");
    assertThat(reason(SkipReason.UNSUBSCRIBED, at(7)))
        .endsWith(
            "the endpoint unsubscribed job.one_time.created at 2026-11-30T10:00:07Z by key:ops.");
    assertThat(reason(SkipReason.CANCELLED, at(9)))
        .endsWith("the endpoint was deleted at 2026-11-30T10:00:08Z by key:ops.");
    assertThat(reason(SkipReason.CANCELLED, at(3)))
        .isEqualTo("Its delivery was waiting when it was cancelled at 2026-11-30T10:00:03Z.");
  }

  private @Nullable String reason(SkipReason reason, Instant skippedAt) {
    RoutingExplanation explanation = explain(3, new Skip(reason, skippedAt));
    assertThat(explanation.decision()).isEqualTo(RoutingDecision.SKIPPED);
    return explanation.reason();
  }

  /// Only the newest versions of a long history are read.
  @Test
  void state_that_is_older_than_the_known_history_is_said_to_be_that() {
    company(1, true);
    create(2, "job.created");
    change(3, e -> e.withPaused(true));
    change(4, e -> e.withDescription("d"));
    endpoint.subList(0, 2).clear();

    assertExplained(
        explain(4),
        RoutingDecision.SKIPPED,
        "The endpoint was paused since 2026-11-30T10:00:04Z or earlier.");
  }

  @Test
  void urls_are_compared_without_case_of_the_host_and_slashes_at_the_end() {
    assertThat(EndpointUrls.canonical("HTTPS://API.Example.com/Hooks/"))
        .isEqualTo(EndpointUrls.canonical("https://api.example.com/Hooks"))
        .isNotEqualTo(EndpointUrls.canonical("https://api.example.com/hooks"));
    assertThat(EndpointUrls.canonical("https://a.example"))
        .isEqualTo(EndpointUrls.canonical("https://A.example/"));
    assertThat(EndpointUrls.canonical("https://A.example?X=Y")).isEqualTo("https://a.example?X=Y");
  }
}
