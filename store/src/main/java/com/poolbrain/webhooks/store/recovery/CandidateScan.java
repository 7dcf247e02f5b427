package com.poolbrain.webhooks.store.recovery;

import com.poolbrain.webhooks.domain.job.JobKind;
import com.poolbrain.webhooks.store.recovery.JobTarget.Active;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Finds what one kind of job delivers.
interface CandidateScan {

  JobKind kind();

  /// Scans a part of the range, and finds at most that many.
  ///
  /// @param after the position where the scan begins, which is excluded
  /// @param before the end of the range, which is excluded
  Candidates scan(Handle handle, Active target, UUID after, UUID before, int limit);
}
