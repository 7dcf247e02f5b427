package com.poolbrain.webhooks.e2e.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Names of statuses and reasons are the same in documentation, code and database.
class DocumentedStatesTest {

  private static final Path STATES = Path.of("..", "docs", "states.md");
  private static final Pattern TRANSITION =
      Pattern.compile("^ +(\\[\\*]|[a-z_]+) --> ([a-z_]+):", Pattern.MULTILINE);

  @Test
  void state_diagram_shows_exactly_the_statuses_of_the_code() throws IOException {
    Set<String> shown = new TreeSet<>();
    for (MatchResult transition : transitions()) {
      shown.add(transition.group(1));
      shown.add(transition.group(2));
    }
    shown.remove("[*]");

    assertThat(shown)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(DeliveryStatus.values()).map(DeliveryStatus::wireName).toList());
  }

  @Test
  void every_status_is_reachable_in_the_state_diagram() throws IOException {
    Set<String> reached = new TreeSet<>(Set.of("[*]"));
    boolean changed = true;
    while (changed) {
      changed = false;
      for (MatchResult transition : transitions()) {
        changed |= reached.contains(transition.group(1)) && reached.add(transition.group(2));
      }
    }

    assertThat(reached).hasSize(DeliveryStatus.values().length + 1);
  }

  @Test
  void document_lists_the_skip_reasons_in_their_order() throws IOException {
    String text = Files.readString(STATES).replaceAll("\\s+", " ");

    assertThat(text)
        .contains(
            String.join(
                ", ",
                Arrays.stream(SkipReason.values()).map(r -> "`" + r.wireName() + "`").toList()));
  }

  @Test
  void schema_allows_exactly_the_final_statuses() throws IOException {
    assertThat(checkedValuesOf("status"))
        .filteredOn(values -> values.contains(DeliveryStatus.DELIVERED.wireName()))
        .containsExactly(
            Set.of(
                DeliveryStatus.DELIVERED.wireName(),
                DeliveryStatus.PERMANENTLY_FAILED.wireName(),
                DeliveryStatus.SKIPPED.wireName()));
  }

  @Test
  void schema_allows_the_reasons_errors_and_triggers_of_the_code() throws IOException {
    assertThat(checkedValuesOf("skip_reason"))
        .isNotEmpty()
        .allSatisfy(wireNames ->
            assertThat(wireNames).isEqualTo(wireNames(SkipReason.values(), SkipReason::wireName)));
    assertThat(checkedValuesOf("error"))
        .isNotEmpty()
        .allSatisfy(wireNames ->
            assertThat(wireNames).isEqualTo(wireNames(ErrorClass.values(), ErrorClass::wireName)));
    assertThat(checkedValuesOf("trigger"))
        .isNotEmpty()
        .allSatisfy(wireNames ->
            assertThat(wireNames).isEqualTo(wireNames(Trigger.values(), Trigger::wireName)));
  }

  private static <T> Set<String> wireNames(T[] values, Function<T, String> wireName) {
    return new TreeSet<>(Arrays.stream(values).map(wireName).toList());
  }

  private static List<MatchResult> transitions() throws IOException {
    List<MatchResult> found = TRANSITION.matcher(Files.readString(STATES)).results().toList();
    assertThat(found).isNotEmpty();
    return found;
  }

  /// The words of each `check (column in (…))` of the schema.
  private static List<Set<String>> checkedValuesOf(String column) throws IOException {
    Pattern check = Pattern.compile("check \\(" + column + " in \\(([^)]*)\\)");
    List<Set<String>> checks = new ArrayList<>();
    for (MatchResult match : check.matcher(schema()).results().toList()) {
      Set<String> wireNames = new TreeSet<>();
      Pattern.compile("'([a-z_]+)'")
          .matcher(match.group(1))
          .results()
          .forEach(w -> wireNames.add(w.group(1)));
      checks.add(wireNames);
    }
    return checks;
  }

  private static String schema() throws IOException {
    try (InputStream sql =
        DocumentedStatesTest.class.getResourceAsStream("/db/migration/V2__deliveries.sql")) {
      assertThat(sql).as("the migration that makes the deliveries").isNotNull();
      return new String(sql.readAllBytes(), UTF_8);
    }
  }
}
