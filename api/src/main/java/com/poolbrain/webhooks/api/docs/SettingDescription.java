package com.poolbrain.webhooks.api.docs;

/// A setting of the service on the documentation page.
///
/// @param name of its environment variable
public record SettingDescription(String name, String defaultValue, String description) {}
