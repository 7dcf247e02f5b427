package com.poolbrain.webhooks.management.eventtype;

import com.poolbrain.webhooks.events.DataField;
import com.poolbrain.webhooks.events.DataSchema;
import com.poolbrain.webhooks.events.EventTypeDefinition;
import com.poolbrain.webhooks.events.EventTypeDefinition.Samples;
import com.poolbrain.webhooks.events.EventTypeNames;
import com.poolbrain.webhooks.store.config.StoredEventType.Fields;
import java.util.ArrayList;
import java.util.List;

/// Makes definitions of the event types that operators add.
final class OperatorEventType {

  /// The field that names the customer. It is always searchable, because the erasure of a customer
  /// finds events by it.
  private static final String CUSTOMER_ID = "customerId";

  private OperatorEventType() {}

  /// The definition of a type with these fields.
  ///
  /// @throws IllegalArgumentException if the fields are invalid
  static EventTypeDefinition parse(String name, Fields fields) {
    return new EventTypeDefinition(
        EventTypeNames.of(name),
        fields.category(),
        fields.description(),
        fields.mayBeGrouped(),
        true,
        schema(fields),
        new Samples(fields.samples().getFirst(), fields.mayBeGrouped() ? grouped(fields) : null));
  }

  private static DataSchema schema(Fields fields) {
    DataSchema schema = DataSchema.parsePlain(fields.schema(), fields.searchable());
    boolean hasCustomer =
        schema.fields().stream()
            .anyMatch(field ->
                field.name().equals(CUSTOMER_ID) && field.type().kind() != DataField.Kind.BOOLEAN);
    if (!hasCustomer || fields.searchable().contains(CUSTOMER_ID)) {
      return schema;
    }
    List<String> searchable = new ArrayList<>(fields.searchable());
    searchable.add(CUSTOMER_ID);
    return DataSchema.parsePlain(fields.schema(), searchable);
  }

  /// The first array among the samples, else an array of all of them. A single sample stands for
  /// both items of a group.
  private static String grouped(Fields fields) {
    List<String> samples = fields.samples();
    return samples.stream()
        .filter(OperatorEventType::isGroup)
        .findFirst()
        .orElseGet(() ->
            "["
                + (samples.size() == 1
                    ? samples.getFirst() + "," + samples.getFirst()
                    : String.join(",", samples))
                + "]");
  }

  private static boolean isGroup(String sample) {
    return sample.startsWith("[");
  }
}
