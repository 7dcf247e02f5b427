package com.poolbrain.webhooks.web.component;

/// A state: its word, an icon of a shape of its own, and a tone.
///
/// @param tone `ok`, `warn`, `bad`, `info` or `mute`
/// @param icon id of the icon without its prefix
public record StatusView(String tone, String icon, String word) {}
