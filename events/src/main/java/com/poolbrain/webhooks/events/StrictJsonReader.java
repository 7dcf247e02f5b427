package com.poolbrain.webhooks.events;

import com.poolbrain.webhooks.events.InvalidJsonException.Reason;
import com.poolbrain.webhooks.events.internal.Utf8;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/// Reads one JSON document token by token, and accepts RFC 8259 only: strictly valid UTF-8, no
/// duplicate key, bounded nesting and lengths, nothing after the document. Every error is an
/// [InvalidJsonException] with the place of the error.
///
/// ```
/// try (StrictJsonReader json = StrictJsonReader.open(body)) {
///   if (json.next() == JsonToken.START_OBJECT) {
///     while (json.next() != JsonToken.END_OBJECT) {
///       String key = json.name();
///       json.next();
///       … json.text() or json.skipValue() or a DataValidator
///     }
///   }
///   json.requireEnd();
/// }
/// ```
public final class StrictJsonReader implements AutoCloseable {

  /// Arrays and objects inside each other, the outermost included.
  public static final int MAX_NESTING = 64;

  /// Characters of one string. A longer one would not fit into an envelope.
  public static final int MAX_STRING_LENGTH = 262_144;

  /// Characters of one number.
  public static final int MAX_NUMBER_LENGTH = 1_000;

  /// Characters of one key.
  public static final int MAX_NAME_LENGTH = 256;

  /// Keys of one object. To find duplicates, all of them are kept while the object is read.
  public static final int MAX_KEYS = 1_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_NESTING)
                  .maxStringLength(MAX_STRING_LENGTH)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .maxNameLength(MAX_NAME_LENGTH)
                  .build())
          .build();

  private final JsonParser parser;
  private final String basePointer;
  private boolean started;

  private StrictJsonReader(JsonParser parser, String basePointer) {
    this.parser = parser;
    this.basePointer = basePointer;
  }

  /// A reader positioned before the first token.
  ///
  /// @throws InvalidJsonException if the bytes are not UTF-8
  public static StrictJsonReader open(byte[] utf8) {
    return open(utf8, "");
  }

  /// A reader of bytes that are part of a larger document.
  ///
  /// @param basePointer JSON pointer of the part, which all pointers of this reader begin with
  /// @throws InvalidJsonException if the bytes are not UTF-8
  public static StrictJsonReader open(byte[] utf8, String basePointer) {
    int malformed = Utf8.firstMalformed(utf8);
    if (malformed >= 0) {
      throw new InvalidJsonException(
          Reason.ENCODING,
          basePointer,
          "The byte at position " + malformed + " is not UTF-8; JSON has to be sent as UTF-8.");
    }
    if (utf8.length >= 3 && utf8[0] == (byte) 0xEF && utf8[1] == (byte) 0xBB) {
      throw new InvalidJsonException(
          Reason.ENCODING,
          basePointer,
          "The document begins with a byte order mark; leave it out.");
    }
    return new StrictJsonReader(FACTORY.createParser(ObjectReadContext.empty(), utf8), basePointer);
  }

  /// Moves to the next token and returns it; null after the last one.
  ///
  /// @throws InvalidJsonException if the document is empty or what follows is not JSON
  public @Nullable JsonToken next() {
    try {
      JsonToken token = parser.nextToken();
      if (token == null && !started) {
        throw new InvalidJsonException(
            Reason.SYNTAX, basePointer, "The document is empty; send JSON.");
      }
      started = true;
      if (token == JsonToken.PROPERTY_NAME
          && parser.streamReadContext().getEntryCount() > MAX_KEYS) {
        throw tooManyKeys();
      }
      return token;
    } catch (JacksonException e) {
      throw toInvalidJson(e);
    }
  }

  /// The current token; null before the first and after the last one.
  public @Nullable JsonToken token() {
    return parser.currentToken();
  }

  /// The current key, or the key of the current value.
  public String name() {
    return String.valueOf(parser.currentName());
  }

  /// The current string, or the exact digits of the current number.
  ///
  /// @throws InvalidJsonException if the string is not JSON or too long
  public String text() {
    try {
      return parser.getString();
    } catch (JacksonException e) {
      throw toInvalidJson(e);
    }
  }

  /// Moves to the end of the current value, which is still checked to be JSON.
  ///
  /// @throws InvalidJsonException if the value is not JSON
  public void skipValue() {
    int depth = 0;
    for (JsonToken token = token(); token != null; token = next()) {
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      }
      if (depth <= 0) {
        return;
      }
    }
  }

  private InvalidJsonException tooManyKeys() {
    String key = pointer();
    return new InvalidJsonException(
        Reason.TOO_LONG,
        key.substring(0, key.lastIndexOf('/')),
        "This object has more than " + MAX_KEYS + " keys.");
  }

  /// Moves beyond the end of the document, where only white space may follow.
  ///
  /// @throws InvalidJsonException if something else follows
  public void requireEnd() {
    if (next() != null) {
      throw new InvalidJsonException(
          Reason.SYNTAX,
          basePointer,
          "Something follows after the end of the JSON document; remove it.");
    }
  }

  /// The JSON pointer (RFC 6901) of the current position.
  public String pointer() {
    return basePointer + parser.streamReadContext().pathAsPointer();
  }

  @Override
  public void close() {
    parser.close();
  }

  /// The current value in the types that [DataItem#fields()] lists. Moves to its end.
  @Nullable Object value() {
    JsonToken token = token();
    if (token == JsonToken.START_ARRAY) {
      return arrayValue();
    }
    if (token == JsonToken.START_OBJECT) {
      return objectValue();
    }
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
      return token == JsonToken.VALUE_TRUE;
    }
    return token == JsonToken.VALUE_STRING ? text() : numberValue();
  }

  /// The current value, which must be an object, as an unmodifiable map in the order of its keys.
  Map<String, @Nullable Object> objectValue() {
    if (token() != JsonToken.START_OBJECT) {
      throw new InvalidJsonException(
          Reason.UNEXPECTED_VALUE, pointer(), "This must be a JSON object.");
    }
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    while (next() == JsonToken.PROPERTY_NAME) {
      String name = name();
      next();
      fields.put(name, value());
    }
    return Collections.unmodifiableMap(fields);
  }

  private List<@Nullable Object> arrayValue() {
    List<@Nullable Object> elements = new ArrayList<>();
    while (next() != JsonToken.END_ARRAY) {
      elements.add(value());
    }
    return Collections.unmodifiableList(elements);
  }

  /// Takes time in proportion to the digits: an exponent is not expanded.
  private Number numberValue() {
    String digits = text();
    if (token() == JsonToken.VALUE_NUMBER_INT) {
      BigInteger integer = new BigInteger(digits);
      return integer.bitLength() < Long.SIZE ? (Number) integer.longValue() : integer;
    }
    try {
      return new BigDecimal(digits);
    } catch (NumberFormatException tooLarge) {
      throw new InvalidJsonException(
          Reason.UNEXPECTED_VALUE, pointer(), "The exponent of this number is too large.");
    }
  }

  JsonParser parser() {
    return parser;
  }

  InvalidJsonException toInvalidJson(JacksonException e) {
    return JacksonErrors.toInvalidJson(e, pointer());
  }
}
