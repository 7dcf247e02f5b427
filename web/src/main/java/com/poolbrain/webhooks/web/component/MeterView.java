package com.poolbrain.webhooks.web.component;

import org.jspecify.annotations.Nullable;

/// A part of a whole as a bar that leads to the log of this part.
///
/// @param detail what the name means; empty if it says that itself
/// @param href the log; null if there is none
/// @param share of the whole, in words
/// @param style class of the colour of its bar; empty for the usual one
public record MeterView(
    String name,
    String detail,
    @Nullable String href,
    long count,
    long whole,
    String number,
    String share,
    String style) {}
