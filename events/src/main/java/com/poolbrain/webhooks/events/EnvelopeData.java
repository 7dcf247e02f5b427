package com.poolbrain.webhooks.events;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The `data` of an envelope.
///
/// @param json its compact ASCII form, with the very digits of its numbers
/// @param grouped whether it is an array: several things that happened at once
/// @param items what happened, in the original order; never empty
public record EnvelopeData(String json, boolean grouped, List<ObjectNode> items) {

  public EnvelopeData {
    items = List.copyOf(items);
  }
}
