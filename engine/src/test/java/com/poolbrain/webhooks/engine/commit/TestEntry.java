package com.poolbrain.webhooks.engine.commit;

/// An entry of a [GroupCommit] that has only its size.
record TestEntry(long companyId, int rows, long bytes) implements GroupCommit.Entry {}
