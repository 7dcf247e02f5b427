package com.poolbrain.webhooks.api.manage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of a list.
///
/// @param nextCursor asks for what follows; null at the end of the list, and written as such
record ListView<T>(
    List<T> data, @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String nextCursor) {}
