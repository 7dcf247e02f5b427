package com.poolbrain.webhooks.web.component;

import java.util.List;

/// A list to select one value from.
///
/// @param name of the field in the form
public record SelectView(String name, String label, List<OptionView> options) {

  /// The id of the element.
  public String id() {
    return "f-" + name;
  }
}
