package com.poolbrain.webhooks.engine.commit;

/// Something handed in to a [GroupCommit], which is just its weights.
record TestEntry(long companyId, int rows, long bytes) implements GroupCommit.Entry {}
