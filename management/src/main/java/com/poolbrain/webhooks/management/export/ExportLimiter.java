package com.poolbrain.webhooks.management.export;

import com.poolbrain.webhooks.management.ManagementException.TooManyRequests;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Counts the exports that run on this node.
final class ExportLimiter {

  static final int MAX_PER_COMPANY = 2;
  static final int MAX_ON_NODE = 8;

  /// Counts the exports of all companies together, which operators may make.
  private static final long ALL_COMPANIES = 0;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, Integer> running = new HashMap<>();

  /// Counts one more.
  ///
  /// @throws TooManyRequests if the company, or the node, has as many as it may
  void begin(@Nullable Long companyId) {
    lock.lock();
    try {
      long key = companyId == null ? ALL_COMPANIES : companyId;
      int ofCompany = running.getOrDefault(key, 0);
      if (ofCompany >= MAX_PER_COMPANY) {
        throw new TooManyRequests(
            "%d exports of this company are running, as many as may run at a time; wait until one has ended."
                .formatted(ofCompany));
      }
      if (running.values().stream().mapToInt(Integer::intValue).sum() >= MAX_ON_NODE) {
        throw new TooManyRequests(
            "%d exports of other companies are running here, as many as may run at a time; try again in a minute."
                .formatted(MAX_ON_NODE - ofCompany));
      }
      running.put(key, ofCompany + 1);
    } finally {
      lock.unlock();
    }
  }

  /// An export has ended.
  void end(@Nullable Long companyId) {
    lock.lock();
    try {
      running.computeIfPresent(
          companyId == null ? ALL_COMPANIES : companyId,
          (_, count) -> count == 1 ? null : count - 1);
    } finally {
      lock.unlock();
    }
  }
}
