package com.poolbrain.webhooks.events;

import com.poolbrain.webhooks.events.internal.AsciiJsonBuffer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Copies JSON to the compact ASCII form that is stored, signed and sent: the same values in the
/// same order, numbers with exactly the digits that came, no white space, and every character that
/// is not printable ASCII escaped. It is what Python's `json.dumps(…, separators=(",", ":"))`
/// writes.
///
/// One copier serves one thread and may be used again.
public final class AsciiJsonCopier {

  private final AsciiJsonBuffer buffer;

  /// A copier with a buffer of its own.
  public AsciiJsonCopier() {
    this(new AsciiJsonBuffer());
  }

  AsciiJsonCopier(AsciiJsonBuffer buffer) {
    this.buffer = buffer;
  }

  /// The compact ASCII form of a whole document.
  ///
  /// @throws JsonRefusedException as [StrictJsonReader] does, and for half a surrogate pair
  public static byte[] compact(byte[] utf8) {
    try (StrictJsonReader json = StrictJsonReader.open(utf8)) {
      json.next();
      byte[] copy = new AsciiJsonCopier().copy(json);
      json.requireEnd();
      return copy;
    }
  }

  /// The compact ASCII form of the value that the walk stands on; the walk moves to its end.
  ///
  /// @throws JsonRefusedException if it is not JSON after all, or holds half a surrogate pair
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
        throw new IllegalStateException("The walk does not stand on a value.");
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
          throw new IllegalStateException("No JSON in an array has the token " + token);
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
