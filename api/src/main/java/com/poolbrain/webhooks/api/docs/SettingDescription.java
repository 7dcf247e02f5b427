package com.poolbrain.webhooks.api.docs;

/// A setting of the service as the documentation page lists it.
///
/// @param name of its environment variable
public record SettingDescription(String name, String defaultValue, String description) {}
