package com.poolbrain.webhooks.events;

import com.poolbrain.webhooks.events.internal.SampleCompany;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes `data` that looks like that of a real pool company, for trying things out. The same seed
/// gives the same data.
///
/// ```
/// var samples = new SampleData(new SplittableRandom());
/// String data = samples.make(type, 250, Map.of("customerId", "7"));
/// ```
public final class SampleDataGenerator {

  private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]{0,999}");

  private final RandomGenerator random;

  /// Samples that vary with this generator.
  public SampleDataGenerator(RandomGenerator random) {
    this.random = random;
  }

  /// Compact ASCII JSON that fits the type's schema: an object for one item, an array for more.
  ///
  /// @param items how many, from 1
  /// @param overrides values by the names of fields, the same for each item; the word `null` stands
  ///   for null where the field may be that
  /// @throws IllegalArgumentException if a field is unknown or a value does not fit it
  public String generate(EventTypeDefinition type, int items, Map<String, String> overrides) {
    if (items < 1) {
      throw new IllegalArgumentException("There has to be one item at least.");
    }
    requireKnownFields(type.schema(), overrides);
    var company = new SampleCompany(random);
    List<ObjectNode> objects =
        Stream.generate(() -> generateItem(type.schema(), company, overrides))
            .limit(items)
            .toList();
    String json =
        items == 1
            ? objects.get(0).toString()
            : JsonNodeFactory.instance.arrayNode().addAll(objects).toString();
    byte[] ascii = AsciiJsonCopier.compact(json.getBytes(StandardCharsets.UTF_8));
    return new String(ascii, StandardCharsets.US_ASCII);
  }

  private ObjectNode generateItem(
      DataSchema schema, SampleCompany company, Map<String, String> overrides) {
    ObjectNode item = JsonNodeFactory.instance.objectNode();
    company.nextItem();
    for (DataField dataField : schema.fields()) {
      String override = overrides.get(dataField.name());
      putValue(
          item,
          dataField,
          override == null ? generateValue(dataField, company) : requireValid(dataField, override));
    }
    return item;
  }

  private static void putValue(ObjectNode item, DataField dataField, @Nullable String value) {
    if (value == null) {
      item.putNull(dataField.name());
    } else if (dataField.type().kind() == DataField.Kind.INTEGER) {
      item.put(dataField.name(), new BigInteger(value));
    } else {
      item.put(dataField.name(), value);
    }
  }

  private @Nullable String generateValue(DataField dataField, SampleCompany company) {
    List<String> values = dataField.type().allowedValues();
    if (!values.isEmpty()) {
      return values.get(random.nextInt(values.size()));
    }
    return dataField.type().kind() == DataField.Kind.INTEGER
        ? Long.toString(company.integerFor(dataField.name()))
        : company.textFor(dataField.name(), dataField.type().nullable());
  }

  private static @Nullable String requireValid(DataField dataField, String value) {
    if (dataField.type().nullable() && value.equals("null")) {
      return null;
    }
    boolean isValid =
        dataField.type().kind() == DataField.Kind.INTEGER
            ? INTEGER.matcher(value).matches()
            : dataField.type().accepts(value);
    if (!isValid) {
      throw new IllegalArgumentException(
          dataField.describeMismatch(Suggestions.hint(value, dataField.type().allowedValues())));
    }
    return value;
  }

  private static void requireKnownFields(DataSchema schema, Map<String, String> overrides) {
    for (String name : overrides.keySet()) {
      if (schema.compiledField(name) == null) {
        throw new IllegalArgumentException(DataValidator.describeUnknownField(name, schema));
      }
    }
  }
}
