package com.poolbrain.webhooks.domain.job;

import com.poolbrain.webhooks.domain.audit.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A background job: its work is done in steps, each in one transaction with its progress. So it
/// goes on where it was after a node was killed, on any node.
///
/// @param actor who started it
/// @param total how much there is to do, as counted at the start or by a first step
/// @param position where the next step begins; null before the first one
/// @param detail why it ended, or what did not succeed; null if there is nothing to say
public record Job(
    UUID id,
    JobKind kind,
    Scope scope,
    JobParameters parameters,
    Actor actor,
    JobStatus status,
    long total,
    long done,
    @Nullable String position,
    Instant createdAt,
    @Nullable Instant finishedAt,
    @Nullable String detail) {

  /// What a job works on. Only one job of a kind runs for each scope.
  ///
  /// @param companyId null for the whole service
  /// @param endpointId null for the whole company
  public record Scope(@Nullable Long companyId, @Nullable UUID endpointId) {

    /// The whole service.
    public static final Scope SERVICE = new Scope(null, null);
  }

  /// The result of one step.
  public sealed interface Step {

    /// There is more to do.
    ///
    /// @param done how much this step did
    /// @param position where the next step begins
    /// @param pause how long to wait before the next step
    record Continue(long done, String position, Duration pause) implements Step {
      /// There is more to do, at once.
      public Continue(long done, String position) {
        this(done, position, Duration.ZERO);
      }
    }

    /// It was counted how much there is to do.
    ///
    /// @param total replaces the total of the job
    /// @param position where the next step begins
    record Count(long total, String position) implements Step {}

    /// The job is complete.
    ///
    /// @param done how much this step did
    /// @param detail what did not succeed; null if all did
    record Finish(long done, @Nullable String detail) implements Step {}

    /// The job ends before it is complete.
    ///
    /// @param detail says why
    record Cancel(String detail) implements Step {}
  }
}
