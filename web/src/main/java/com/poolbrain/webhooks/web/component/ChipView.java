package com.poolbrain.webhooks.web.component;

/// A filter that is set.
///
/// @param remove path of the list without this filter
public record ChipView(String text, String remove) {}
