package com.poolbrain.webhooks.web.component;

import org.jspecify.annotations.Nullable;

/// Links to the pages of a list.
///
/// @param text what the page shows, in words
/// @param newer path of the page before; null if this is the first one
/// @param older path of the next page; null if this is the last one
public record PagerView(String text, @Nullable String newer, @Nullable String older) {}
