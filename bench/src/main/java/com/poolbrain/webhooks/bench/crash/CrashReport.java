package com.poolbrain.webhooks.bench.crash;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What came of the rounds of a night.
///
/// @param rounds what was done in each
/// @param seconds for everything
public record CrashReport(
    CrashPlan plan, List<Round> rounds, Count count, Findings findings, double seconds) {

  /// What is not as it should be; in a good night nothing.
  ///
  /// @param undone whether deliveries are not delivered, by the service's own account
  /// @param wrongs each wrong webhook, in words
  /// @param lost numbers of what was promised and has not arrived
  /// @param surprises answers that no publisher should ever get
  public record Findings(
      boolean undone, List<String> wrongs, List<Integer> lost, List<String> surprises) {

    /// Whether there are none.
    public boolean none() {
      return !undone && wrongs.isEmpty() && lost.isEmpty() && surprises.isEmpty();
    }
  }

  /// One round: a start and a kill.
  ///
  /// @param moment in words
  /// @param withDatabase whether the database was killed in the same moment
  /// @param readyMillis from the start of the process until it was ready; -1 if it was killed
  ///   before
  /// @param firstDeliveryMillis from the start of the process to its first delivery; -1 if there
  ///   was none
  public record Round(
      int number, String moment, boolean withDatabase, long readyMillis, long firstDeliveryMillis) {

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%4d killed %s while %s; %s, %s",
          number,
          withDatabase ? "with its database" : "alone",
          moment,
          readyMillis < 0 ? "it was not ready yet" : "ready after " + readyMillis + " ms",
          firstDeliveryMillis < 0
              ? "nothing delivered yet"
              : "first delivery after " + firstDeliveryMillis + " ms");
    }
  }

  /// Whether nothing is lost, nothing wrong, and nothing came twice that was not killed between.
  public boolean isGood() {
    return findings.none() && count.lost() == 0 && count.unexplained() == 0;
  }

  /// The longest time from the start of a process to its first delivery.
  public long longestFirstDeliveryMillis() {
    return rounds.stream().mapToLong(Round::firstDeliveryMillis).max().orElse(-1);
  }

  private long median() {
    List<Long> sorted =
        rounds.stream().map(Round::firstDeliveryMillis).filter(t -> t >= 0).sorted().toList();
    return sorted.isEmpty() ? -1 : sorted.get(sorted.size() / 2);
  }

  private Map<String, Integer> moments() {
    Map<String, Integer> found = new TreeMap<>();
    rounds.forEach(round -> found.merge(round.moment(), 1, Integer::sum));
    return found;
  }

  private long withDatabase() {
    return rounds.stream().filter(Round::withDatabase).count();
  }

  /// For people.
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
        moments(),
        withDatabase(),
        count.accepted(),
        count.lost(),
        count.wrong(),
        count.duplicates(),
        count.mostAtOnce(),
        count.unexplained(),
        longestFirstDeliveryMillis(),
        median(),
        plan.seed(),
        seconds);
  }

  /// For programs.
  public String json() {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("rounds", rounds.size()).put("rounds_with_database", withDatabase());
    ObjectNode moments = json.putObject("moments");
    moments().forEach(moments::put);
    json.put("accepted", count.accepted())
        .put("received", count.received())
        .put("lost", count.lost())
        .put("wrong", count.wrong())
        .put("duplicates", count.duplicates())
        .put("duplicates_at_most_after_one_kill", count.mostAtOnce())
        .put("duplicates_without_a_kill", count.unexplained())
        .put("first_delivery_longest_ms", longestFirstDeliveryMillis())
        .put("first_delivery_median_ms", median())
        .put("undone", findings.undone())
        .put("seed", plan.seed())
        .put("seconds", seconds);
    list(json.putArray("wrongs"), findings.wrongs());
    list(json.putArray("lost_items"), findings.lost());
    list(json.putArray("surprises"), findings.surprises());
    return json.toPrettyString();
  }

  private static void list(ArrayNode to, List<?> what) {
    what.forEach(one -> to.add(one.toString()));
  }
}
