package com.poolbrain.webhooks.web.endpoint;

import com.poolbrain.webhooks.events.EventTypeDefinition;
import com.poolbrain.webhooks.web.page.PrettyJson;
import java.util.ArrayList;
import java.util.List;

/// An event that a form offers.
///
/// @param checked whether it is ticked
/// @param names its canonical name and its aliases
/// @param selectedName the name under which it is sent
/// @param sample of its data
record EventChoice(
    String id,
    String name,
    String description,
    boolean grouped,
    boolean checked,
    List<String> names,
    String selectedName,
    String sample) {

  /// The choice of a type.
  ///
  /// @param subscribed the names that are subscribed or ticked
  static EventChoice of(EventTypeDefinition type, List<String> subscribed) {
    List<String> names = new ArrayList<>();
    names.add(type.name());
    names.addAll(type.aliases());
    String selected = names.stream().filter(subscribed::contains).findFirst().orElse(type.name());
    return new EventChoice(
        "e-" + type.name().replace('.', '-'),
        type.name(),
        type.description(),
        type.mayBeGrouped(),
        names.stream().anyMatch(subscribed::contains),
        names,
        selected,
        PrettyJson.of(type.samples().single()));
  }

  /// The field with the chosen name.
  String aliasField() {
    return "name:" + name;
  }

  /// A group of choices, as the catalogue has them.
  record Group(String name, List<EventChoice> choices) {

    long ticked() {
      return choices.stream().filter(EventChoice::checked).count();
    }
  }
}
