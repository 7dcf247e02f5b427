package com.poolbrain.webhooks.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {

  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "'', abc, 3",
    "abc, '', 3",
    "abc, abc, 0",
    "abc, abd, 1",
    "abc, ab, 1",
    "abc, xabc, 1",
    "abc, acb, 1",
    "abcd, badc, 2",
    "kitten, sitting, 3"
  })
  void edit_distance_counts_changed_letters(String a, String b, int distance) {
    for (int limit = distance; limit < 10; limit++) {
      assertThat(Suggestions.editDistance(a, b, limit)).isEqualTo(distance);
      assertThat(Suggestions.editDistance(b, a, limit)).isEqualTo(distance);
    }
    for (int limit = 0; limit < distance; limit++) {
      assertThat(Suggestions.editDistance(a, b, limit)).isEqualTo(limit + 1);
      assertThat(Suggestions.editDistance(b, a, limit)).isEqualTo(limit + 1);
    }
  }

  @Test
  void names_that_differ_by_more_than_eight_letters_are_not_near() {
    String known = "x".repeat(100);

    assertThat(Suggestions.nearest("y".repeat(8) + "x".repeat(92), List.of(known)))
        .isEqualTo(known);
    assertThat(Suggestions.nearest("y".repeat(9) + "x".repeat(91), List.of(known))).isNull();
  }

  @Test
  void nearest_name_comes_first_and_at_most_three_are_suggested() {
    List<String> known = List.of("routeXY", "routes", "route_", "rout", "Route", "displayName");

    assertThat(Suggestions.of("route", known))
        .hasSize(3)
        .startsWith("Route")
        .doesNotContain("routeXY");
    assertThat(Suggestions.hint("route", known)).isEqualTo("did you mean \"Route\"?");
    assertThat(Suggestions.hint("customerId", known)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "companyid, company_id",
    "Company_ID, company_id",
    "evnet, event",
    "even, event",
    "time_stamp, timestamp",
    "dat, data",
    "idempotent,",
    "zzzzzz,",
    "zz,"
  })
  void nearest_finds_a_misspelled_name_and_nothing_for_an_unlike_one(String name, String meant) {
    List<String> known = List.of("company_id", "event", "timestamp", "data", "to");

    assertThat(Suggestions.nearest(name, known)).isEqualTo(meant);
  }

  @Test
  void question_is_empty_without_a_near_name() {
    assertThat(Suggestions.question("evnet", List.of("event"))).isEqualTo(" Did you mean 'event'?");
    assertThat(Suggestions.question("zzzzzz", List.of("event"))).isEmpty();
  }

  @Test
  void very_long_name_has_no_suggestion() {
    assertThat(Suggestions.nearest("x".repeat(1_000_000), List.of("x"))).isNull();
  }
}
