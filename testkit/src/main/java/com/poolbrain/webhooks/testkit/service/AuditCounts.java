package com.poolbrain.webhooks.testkit.service;

import java.util.Locale;

/// Counts of published events and received webhooks.
///
/// @param accepted events that got a 202
/// @param received accepted events whose webhook was acknowledged
/// @param duplicates webhooks received again after they were acknowledged
/// @param unexplainedDuplicates duplicates without a fault in between
/// @param maxDuplicatesPerFault largest number of duplicates after one fault
/// @param mismatches webhooks that differ from what was published: other bytes under the same id,
///   another endpoint, an invalid signature, a second event for one publish
public record AuditCounts(
    int accepted,
    int received,
    int duplicates,
    int unexplainedDuplicates,
    int maxDuplicatesPerFault,
    int mismatches) {

  /// Accepted events without an acknowledged webhook.
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
