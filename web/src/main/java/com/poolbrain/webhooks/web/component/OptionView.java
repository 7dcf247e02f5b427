package com.poolbrain.webhooks.web.component;

/// An option of a list to select from.
///
/// @param value in the form; empty for any
public record OptionView(String value, String label, boolean selected) {}
