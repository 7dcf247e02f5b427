package com.poolbrain.webhooks.domain.statistics;

/// Counts of deliveries and of their attempts.
///
/// @param delivered deliveries that were delivered
/// @param afterRetry those of them that took more than one attempt
/// @param failedAttempts attempts that failed, whatever became of their deliveries
/// @param permanentlyFailed deliveries that failed for good
/// @param skipped deliveries that were skipped
/// @param items items of the deliveries that were delivered
public record DeliveryCounts(
    long delivered,
    long afterRetry,
    long failedAttempts,
    long permanentlyFailed,
    long skipped,
    long items) {

  public static final DeliveryCounts NONE = new DeliveryCounts(0, 0, 0, 0, 0, 0);
}
