package com.poolbrain.webhooks.web.component;

import org.jspecify.annotations.Nullable;

/// One of the numbers that a card begins with.
///
/// @param note what it is a part of; empty for nothing
/// @param href the log of what is counted; null for none
public record FigureView(String label, String value, String note, @Nullable String href) {}
