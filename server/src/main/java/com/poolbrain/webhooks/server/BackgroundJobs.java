package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.engine.Engine;
import com.poolbrain.webhooks.engine.runtime.Clock;
import com.poolbrain.webhooks.management.job.JobRunner;
import com.poolbrain.webhooks.store.job.JobWork;
import com.poolbrain.webhooks.store.recovery.DeliveryJobWork;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The work of every kind of background job, and its runner, which is not started yet.
final class BackgroundJobs {

  /// Recover and replay missing.
  final List<DeliveryJobWork> deliveryWorks;

  final JobRunner runner;

  /// @param works the work of all other kinds
  /// @param eventTypes event types by any of their names, null for an unknown name
  BackgroundJobs(
      StoreModule store,
      JobWorks works,
      Engine engine,
      Function<String, @Nullable EventType> eventTypes,
      Clock clock,
      ThreadFactory threads) {
    deliveryWorks =
        List.of(
            DeliveryJobWork.recover(eventTypes, engine::onDeliveriesRestarted),
            DeliveryJobWork.replayMissing(eventTypes, engine::onDeliveriesRestarted));
    List<JobWork> all = Stream.concat(works.all().stream(), deliveryWorks.stream()).toList();
    runner = new JobRunner(store.jobs(), all, engine::incarnation, clock, threads);
  }
}
