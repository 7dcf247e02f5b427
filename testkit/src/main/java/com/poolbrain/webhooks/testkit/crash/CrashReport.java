package com.poolbrain.webhooks.testkit.crash;

import com.poolbrain.webhooks.testkit.service.AuditCounts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Result of a crash test.
///
/// @param rounds one entry per kill
/// @param seconds duration of the whole test
public record CrashReport(
    CrashPlan plan,
    List<Round> rounds,
    AuditCounts auditCounts,
    Violations violations,
    double seconds) {

  /// Violated promises. A passed test has none.
  ///
  /// @param hasUndelivered whether the service has recorded any delivery as not delivered
  /// @param mismatches description of each wrong webhook
  /// @param lostNumbers numbers of accepted events whose webhook has not arrived
  /// @param unexpectedAnswers responses to publishers other than 202 and 503
  public record Violations(
      boolean hasUndelivered,
      List<String> mismatches,
      List<Integer> lostNumbers,
      List<String> unexpectedAnswers) {

    /// Whether no promise was violated.
    public boolean isEmpty() {
      return !hasUndelivered
          && mismatches.isEmpty()
          && lostNumbers.isEmpty()
          && unexpectedAnswers.isEmpty();
    }
  }

  /// One round: start, load, kill.
  ///
  /// @param killPoint what the node was doing when it was killed
  /// @param killedWithDatabase whether the database was killed at the same time
  /// @param readyMillis from the start of the process until it was ready; -1 if it was killed
  ///   before
  /// @param firstDeliveryMillis from the start of the process to its first delivery; -1 if there
  ///   was none
  public record Round(
      int number,
      String killPoint,
      boolean killedWithDatabase,
      long readyMillis,
      long firstDeliveryMillis) {

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%4d killed %s while %s; %s, %s",
          number,
          killedWithDatabase ? "with its database" : "alone",
          killPoint,
          readyMillis < 0 ? "it was not ready yet" : "ready after " + readyMillis + " ms",
          firstDeliveryMillis < 0
              ? "nothing delivered yet"
              : "first delivery after " + firstDeliveryMillis + " ms");
    }
  }

  /// Whether nothing was lost or wrong, and every duplicate is explained by a kill.
  public boolean isPassed() {
    return violations.isEmpty()
        && auditCounts.lost() == 0
        && auditCounts.unexplainedDuplicates() == 0;
  }

  /// The longest time from the start of a process to its first delivery.
  public long longestFirstDeliveryMillis() {
    return rounds.stream().mapToLong(Round::firstDeliveryMillis).max().orElse(-1);
  }

  private long medianFirstDeliveryMillis() {
    List<Long> sorted =
        rounds.stream()
            .map(Round::firstDeliveryMillis)
            .filter(millis -> millis >= 0)
            .sorted()
            .toList();
    return sorted.isEmpty() ? -1 : sorted.get(sorted.size() / 2);
  }

  private Map<String, Integer> roundsByKillPoint() {
    Map<String, Integer> found = new TreeMap<>();
    rounds.forEach(round -> found.merge(round.killPoint(), 1, Integer::sum));
    return found;
  }

  private long killsWithDatabase() {
    return rounds.stream().filter(Round::killedWithDatabase).count();
  }

  /// Table for the terminal.
  public String table() {
    return String.format(
        Locale.ROOT,
        """
        rounds                                      %,10d   %s
          of these with the database                %,10d
        accepted                                    %,10d
        lost                                        %,10d
        wrong                                       %,10d
        duplicates                                  %,10d
          at most after one kill                    %,10d
          without a kill before                     %,10d
        first delivery after a start, longest       %,10d ms
        first delivery after a start, median        %,10d ms
        seed %d, %.0f s
        """,
        rounds.size(),
        roundsByKillPoint(),
        killsWithDatabase(),
        auditCounts.accepted(),
        auditCounts.lost(),
        auditCounts.mismatches(),
        auditCounts.duplicates(),
        auditCounts.maxDuplicatesPerFault(),
        auditCounts.unexplainedDuplicates(),
        longestFirstDeliveryMillis(),
        medianFirstDeliveryMillis(),
        plan.seed(),
        seconds);
  }

  /// Report as JSON.
  public String json() {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("rounds", rounds.size()).put("rounds_with_database", killsWithDatabase());
    ObjectNode killPointsJson = json.putObject("kill_points");
    roundsByKillPoint().forEach(killPointsJson::put);
    json.put("accepted", auditCounts.accepted())
        .put("received", auditCounts.received())
        .put("lost", auditCounts.lost())
        .put("wrong", auditCounts.mismatches())
        .put("duplicates", auditCounts.duplicates())
        .put("duplicates_at_most_after_one_kill", auditCounts.maxDuplicatesPerFault())
        .put("duplicates_without_a_kill", auditCounts.unexplainedDuplicates())
        .put("first_delivery_longest_ms", longestFirstDeliveryMillis())
        .put("first_delivery_median_ms", medianFirstDeliveryMillis())
        .put("has_undelivered", violations.hasUndelivered())
        .put("seed", plan.seed())
        .put("seconds", seconds);
    addAll(json.putArray("wrong_webhooks"), violations.mismatches());
    addAll(json.putArray("lost_events"), violations.lostNumbers());
    addAll(json.putArray("unexpected_answers"), violations.unexpectedAnswers());
    return json.toPrettyString();
  }

  private static void addAll(ArrayNode target, List<?> items) {
    items.forEach(item -> target.add(item.toString()));
  }
}
