package com.poolbrain.webhooks.web.component;

/// An error of one field of a form.
///
/// @param fieldId id of the input element
/// @param label of the field
public record FormError(String fieldId, String label, String detail) {}
