package com.poolbrain.webhooks.engine;

/// Something handed in to a [GroupCommit], which is just its weights.
record Parcel(long companyId, int rows, long bytes) implements GroupCommit.Entry {}
