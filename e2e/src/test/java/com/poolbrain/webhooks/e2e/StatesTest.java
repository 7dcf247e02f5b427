package com.poolbrain.webhooks.e2e;

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

/// The words for states and reasons are the same in the documentation, the code and the database.
class StatesTest {

  private static final Path STATES = Path.of("..", "docs", "states.md");
  private static final Pattern TRANSITION =
      Pattern.compile("^ +(\\[\\*]|[a-z_]+) --> ([a-z_]+):", Pattern.MULTILINE);

  @Test
  void theDiagramShowsEveryStatusAndNoOther() throws IOException {
    Set<String> shown = new TreeSet<>();
    for (MatchResult transition : transitions()) {
      shown.add(transition.group(1));
      shown.add(transition.group(2));
    }
    shown.remove("[*]");

    assertThat(shown)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(DeliveryStatus.values()).map(DeliveryStatus::word).toList());
  }

  @Test
  void everyStatusCanBeReachedFromTheBeginning() throws IOException {
    Set<String> reached = new TreeSet<>(Set.of("[*]"));
    boolean grew = true;
    while (grew) {
      grew = false;
      for (MatchResult transition : transitions()) {
        grew |= reached.contains(transition.group(1)) && reached.add(transition.group(2));
      }
    }

    assertThat(reached).hasSize(DeliveryStatus.values().length + 1);
  }

  @Test
  void theDocumentNamesTheReasonsInTheirOrder() throws IOException {
    String text = Files.readString(STATES).replaceAll("\\s+", " ");

    assertThat(text)
        .contains(
            String.join(
                ", ", Arrays.stream(SkipReason.values()).map(r -> "`" + r.word() + "`").toList()));
  }

  @Test
  void theDatabaseKnowsTheStatusesOfDeliveriesThatEnded() throws IOException {
    assertThat(checksOf("status"))
        .containsExactly(
            Set.of(
                DeliveryStatus.DELIVERED.word(),
                DeliveryStatus.PERMANENTLY_FAILED.word(),
                DeliveryStatus.SKIPPED.word()));
  }

  @Test
  void theDatabaseKnowsTheSameReasonsErrorsAndTriggersAsTheCode() throws IOException {
    assertThat(checksOf("skip_reason"))
        .isNotEmpty()
        .allSatisfy(
            words -> assertThat(words).isEqualTo(words(SkipReason.values(), SkipReason::word)));
    assertThat(checksOf("error"))
        .isNotEmpty()
        .allSatisfy(
            words -> assertThat(words).isEqualTo(words(ErrorClass.values(), ErrorClass::word)));
    assertThat(checksOf("trigger"))
        .isNotEmpty()
        .allSatisfy(words -> assertThat(words).isEqualTo(words(Trigger.values(), Trigger::word)));
  }

  private static <T> Set<String> words(T[] values, Function<T, String> word) {
    return new TreeSet<>(Arrays.stream(values).map(word).toList());
  }

  private static List<MatchResult> transitions() throws IOException {
    List<MatchResult> found = TRANSITION.matcher(Files.readString(STATES)).results().toList();
    assertThat(found).isNotEmpty();
    return found;
  }

  /// The words of each `check (column in (…))` of the schema.
  private static List<Set<String>> checksOf(String column) throws IOException {
    Pattern check = Pattern.compile("check \\(" + column + " in \\(([^)]*)\\)");
    List<Set<String>> checks = new ArrayList<>();
    for (MatchResult match : check.matcher(schema()).results().toList()) {
      Set<String> words = new TreeSet<>();
      Pattern.compile("'([a-z_]+)'")
          .matcher(match.group(1))
          .results()
          .forEach(w -> words.add(w.group(1)));
      checks.add(words);
    }
    return checks;
  }

  private static String schema() throws IOException {
    try (InputStream sql =
        StatesTest.class.getResourceAsStream("/db/migration/V2__deliveries.sql")) {
      assertThat(sql).as("the migration that makes the deliveries").isNotNull();
      return new String(sql.readAllBytes(), UTF_8);
    }
  }
}
