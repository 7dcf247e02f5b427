package com.poolbrain.webhooks.consumer.test;

import com.poolbrain.webhooks.events.DataItem;

/// An event that a test sends.
///
/// @param event canonical name or alias
/// @param data compact JSON in ASCII: an object, or an array for a group
public record Sample(String event, String data) {

  /// An event with these data, such as one of a type that the library does not know.
  ///
  /// @throws com.poolbrain.webhooks.events.InvalidJsonException if the data are not a JSON object
  public static Sample of(String event, String json) {
    return new Sample(event, DataItem.parse(json).json());
  }

  /// The same data under another name of the event.
  public Sample named(String alias) {
    return new Sample(alias, data);
  }
}
