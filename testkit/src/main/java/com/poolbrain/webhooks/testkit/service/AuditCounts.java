package com.poolbrain.webhooks.testkit.service;

import java.util.Locale;

/// What became of the events that were published.
///
/// @param accepted events that got a 202
/// @param received of these, those whose webhook a consumer has taken
/// @param duplicates webhooks that came again after they had been taken
/// @param unexplainedDuplicates of these, those that no fault lies before
/// @param maxDuplicatesPerFault the most duplicates of one fault
/// @param mismatches webhooks that are not what was published: other bytes under the same id,
///   another endpoint's, a signature that does not verify, a second event for one publish
public record AuditCounts(
    int accepted,
    int received,
    int duplicates,
    int unexplainedDuplicates,
    int maxDuplicatesPerFault,
    int mismatches) {

  /// Events that were promised and did not arrive.
  public int lost() {
    return accepted - received;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "accepted %,d, received %,d, lost %,d, duplicates %,d (%,d unexplained, at most %,d of one fault), wrong %,d",
        accepted,
        received,
        lost(),
        duplicates,
        unexplainedDuplicates,
        maxDuplicatesPerFault,
        mismatches);
  }
}
