package com.poolbrain.webhooks.events;

import com.poolbrain.webhooks.events.internal.AsciiJsonBuffer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Copies JSON into the compact ASCII form that is stored, signed and sent: the same values in the
/// same order, numbers with their received digits, no white space, and every character that is not
/// printable ASCII escaped. The result equals that of Python's `json.dumps(…, separators=(",",
/// ":"))`.
///
/// Reusable, but not thread-safe.
public final class AsciiJsonCopier {

  private final AsciiJsonBuffer buffer;

  /// A copier with its own buffer.
  public AsciiJsonCopier() {
    this(new AsciiJsonBuffer());
  }

  AsciiJsonCopier(AsciiJsonBuffer buffer) {
    this.buffer = buffer;
  }

  /// The compact ASCII form of a whole document.
  ///
  /// @throws InvalidJsonException if it is not strict JSON, or holds a lone surrogate
  public static byte[] compact(byte[] utf8) {
    try (StrictJsonReader json = StrictJsonReader.open(utf8)) {
      json.next();
      byte[] copy = new AsciiJsonCopier().copy(json);
      json.requireEnd();
      return copy;
    }
  }

  /// The compact ASCII form of the current value of the reader. Moves the reader to its end.
  ///
  /// @throws InvalidJsonException if the value is not JSON, or holds a lone surrogate
  /// @throws IllegalStateException if the reader is not positioned at a value
  public byte[] copy(StrictJsonReader json) {
    buffer.clear();
    append(json);
    return buffer.toArray();
  }

  void append(StrictJsonReader json) {
    int depth = 0;
    boolean needsComma = false;
    JsonToken token = json.token();
    while (true) {
      if (token == null) {
        throw new IllegalStateException("The reader is not positioned at a value.");
      }
      if (token.isStructEnd()) {
        depth--;
      } else if (needsComma) {
        buffer.put(',');
      }
      appendToken(json, token);
      if (token.isStructStart()) {
        depth++;
      }
      if (depth == 0) {
        return;
      }
      needsComma = !token.isStructStart() && token != JsonToken.PROPERTY_NAME;
      token = json.next();
    }
  }

  private void appendToken(StrictJsonReader json, JsonToken token) {
    switch (token) {
      case START_OBJECT -> buffer.put('{');
      case END_OBJECT -> buffer.put('}');
      case START_ARRAY -> buffer.put('[');
      case END_ARRAY -> buffer.put(']');
      case PROPERTY_NAME -> {
        appendString(json);
        buffer.put(':');
      }
      case VALUE_STRING -> appendString(json);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> appendNumber(json);
      case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> {
        char[] literal = token.asCharArray();
        buffer.putPlain(literal, 0, literal.length);
      }
      case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("unexpected token " + token);
    }
  }

  void appendNumber(StrictJsonReader json) {
    JsonParser parser = json.parser();
    try {
      buffer.putPlain(
          parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
    } catch (JacksonException e) {
      throw json.toInvalidJson(e);
    }
  }

  void appendString(StrictJsonReader json) {
    JsonParser parser = json.parser();
    boolean isWellFormed;
    try {
      isWellFormed =
          buffer.putString(
              parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
    } catch (JacksonException e) {
      throw json.toInvalidJson(e);
    }
    if (!isWellFormed) {
      throw JacksonErrors.loneSurrogate(json.pointer());
    }
  }
}
