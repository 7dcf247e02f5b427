package com.poolbrain.webhooks.engine.commit;

import java.util.List;
import java.util.function.Consumer;

/// Hands each batch to the test; a batch never fails.
record RecordingHandler(Consumer<List<TestEntry>> batches)
    implements GroupCommit.BatchHandler<TestEntry> {

  @Override
  public void commit(List<TestEntry> batch) {
    batches.accept(batch);
  }

  @Override
  public void onFailure(List<TestEntry> batch, Throwable failure) {
    throw new AssertionError("a batch failed", failure);
  }
}
