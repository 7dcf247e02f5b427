package com.poolbrain.webhooks.events;

import com.poolbrain.webhooks.events.DataSchema.CompiledField;
import com.poolbrain.webhooks.events.internal.AsciiJsonBuffer;
import com.poolbrain.webhooks.events.internal.SampleCompany;
import com.poolbrain.webhooks.events.internal.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Generates `data` that looks like that of a real pool company, for tests and demos. The same seed
/// gives the same data.
///
/// ```
/// var generator = new SampleDataGenerator(new SplittableRandom());
/// String data = generator.generate(type, 250, Map.of("customerId", "7"));
/// ```
public final class SampleDataGenerator {

  private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]{0,999}");

  private final RandomGenerator random;

  /// A generator whose data varies with this source of randomness.
  public SampleDataGenerator(RandomGenerator random) {
    this.random = random;
  }

  /// Compact JSON in ASCII that fits the schema of a type: an object for one item, an array for
  /// more.
  ///
  /// @param items number of items, from 1
  /// @param overrides values by the names of fields, the same for every item; `null` stands for
  ///   null in fields that allow it
  /// @throws IllegalArgumentException if a field is unknown or a value does not fit it
  public String generate(EventTypeDefinition type, int items, Map<String, String> overrides) {
    if (items < 1) {
      throw new IllegalArgumentException("The number of items must be at least 1.");
    }
    requireKnownFields(type.schema(), overrides);
    var company = new SampleCompany(random);
    var buffer = new AsciiJsonBuffer();
    for (int i = 0; i < items; i++) {
      if (items > 1) {
        buffer.put(i == 0 ? '[' : ',');
      }
      company.nextItem();
      writeItem(buffer, type.schema(), company, overrides);
    }
    if (items > 1) {
      buffer.put(']');
    }
    return new String(buffer.toArray(), StandardCharsets.US_ASCII);
  }

  private void writeItem(
      AsciiJsonBuffer buffer,
      DataSchema schema,
      SampleCompany company,
      Map<String, String> overrides) {
    char separator = '{';
    for (CompiledField compiled : schema.compiledFields()) {
      buffer.put(separator);
      separator = ',';
      buffer.put(compiled.key());
      DataField field = compiled.field();
      String override = overrides.get(field.name());
      String value =
          override == null ? generateValue(field, company) : requireValid(field, override);
      boolean isPlain = value == null || field.type().kind() != DataField.Kind.STRING;
      char[] chars = (value == null ? "null" : Utf8.replaceLoneSurrogates(value)).toCharArray();
      if (isPlain) {
        buffer.putPlain(chars, 0, chars.length);
      } else {
        buffer.putString(chars, 0, chars.length);
      }
    }
    buffer.put('}');
  }

  private @Nullable String generateValue(DataField field, SampleCompany company) {
    List<String> values = field.type().allowedValues();
    if (!values.isEmpty()) {
      return values.get(random.nextInt(values.size()));
    }
    return switch (field.type().kind()) {
      case INTEGER -> Long.toString(company.integerFor(field.name()));
      case STRING -> company.textFor(field.name(), field.type().nullable());
      case BOOLEAN -> Boolean.toString(random.nextBoolean());
    };
  }

  private static @Nullable String requireValid(DataField field, String value) {
    if (field.type().nullable() && value.equals("null")) {
      return null;
    }
    boolean isOfKind =
        switch (field.type().kind()) {
          case INTEGER -> INTEGER.matcher(value).matches();
          case STRING -> true;
          case BOOLEAN -> value.equals("true") || value.equals("false");
        };
    if (!isOfKind || !field.type().accepts(value)) {
      throw new IllegalArgumentException(
          field.describeMismatch(Suggestions.hint(value, field.type().allowedValues())));
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
