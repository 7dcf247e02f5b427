package com.poolbrain.webhooks.events;

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
public final class SampleData {

  private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]{0,999}");

  private final RandomGenerator random;

  /// Samples that vary with this generator.
  public SampleData(RandomGenerator random) {
    this.random = random;
  }

  /// Compact ASCII JSON that fits the type's schema: an object for one item, an array for more.
  ///
  /// @param items how many, from 1
  /// @param overrides values by the names of fields, the same for each item; the word `null` stands
  ///   for null where the field may be that
  /// @throws IllegalArgumentException if a field is unknown or a value does not fit it
  public String make(EventTypeDefinition type, int items, Map<String, String> overrides) {
    if (items < 1) {
      throw new IllegalArgumentException("There has to be one item at least.");
    }
    requireKnown(type.schema(), overrides);
    var company = new SampleCompany(random);
    List<ObjectNode> made =
        Stream.generate(() -> item(type.schema(), company, overrides)).limit(items).toList();
    String json =
        items == 1
            ? made.get(0).toString()
            : JsonNodeFactory.instance.arrayNode().addAll(made).toString();
    byte[] ascii = AsciiJson.compact(json.getBytes(StandardCharsets.UTF_8));
    return new String(ascii, StandardCharsets.US_ASCII);
  }

  private ObjectNode item(DataSchema schema, SampleCompany company, Map<String, String> overrides) {
    ObjectNode item = JsonNodeFactory.instance.objectNode();
    company.nextItem();
    for (Field field : schema.fields()) {
      String override = overrides.get(field.name());
      put(item, field, override == null ? invented(field, company) : checked(field, override));
    }
    return item;
  }

  private static void put(ObjectNode item, Field field, @Nullable String value) {
    if (value == null) {
      item.putNull(field.name());
    } else if (field.type().kind() == Field.Kind.INTEGER) {
      item.put(field.name(), new BigInteger(value));
    } else {
      item.put(field.name(), value);
    }
  }

  private @Nullable String invented(Field field, SampleCompany company) {
    List<String> values = field.type().values();
    if (!values.isEmpty()) {
      return values.get(random.nextInt(values.size()));
    }
    return field.type().kind() == Field.Kind.INTEGER
        ? Long.toString(company.number(field.name()))
        : company.text(field.name(), field.type().nullable());
  }

  private static @Nullable String checked(Field field, String value) {
    if (field.type().nullable() && value.equals("null")) {
      return null;
    }
    boolean fits =
        field.type().kind() == Field.Kind.INTEGER
            ? INTEGER.matcher(value).matches()
            : field.type().takes(value);
    if (!fits) {
      throw new IllegalArgumentException(
          field.complaint(Suggestions.hint(value, field.type().values())));
    }
    return value;
  }

  private static void requireKnown(DataSchema schema, Map<String, String> overrides) {
    for (String name : overrides.keySet()) {
      if (schema.field(name) == null) {
        throw new IllegalArgumentException(DataCheck.unknown(name, schema));
      }
    }
  }
}
