package com.poolbrain.webhooks.events;

import com.poolbrain.webhooks.events.InvalidJsonException.Reason;
import com.poolbrain.webhooks.events.internal.Utf8;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/// A walk over one JSON document, token by token, that accepts RFC 8259 and nothing else: strictly
/// valid UTF-8, no key twice, bounded nesting and lengths, nothing after the document. Whatever is
/// wrong is a [InvalidJsonException] that knows where.
///
/// ```
/// try (StrictJson json = StrictJson.open(body)) {
///   if (json.next() == JsonToken.START_OBJECT) {
///     while (json.next() != JsonToken.END_OBJECT) {
///       String key = json.name();
///       json.next();
///       … json.text() or json.skipValue() or a DataCheck
///     }
///   }
///   json.end();
/// }
/// ```
public final class StrictJsonReader implements AutoCloseable {

  /// Arrays and objects inside each other, the outermost included.
  public static final int MAX_NESTING = 64;

  /// Characters of one string: more would not fit into an envelope.
  public static final int MAX_STRING_LENGTH = 262_144;

  /// Characters of one number.
  public static final int MAX_NUMBER_LENGTH = 1_000;

  /// Characters of one key.
  public static final int MAX_NAME_LENGTH = 256;

  static final JsonFactory FACTORY =
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

  /// A walk that stands before the first token.
  ///
  /// @throws JsonRefusedException if the bytes are not UTF-8
  public static StrictJsonReader open(byte[] utf8) {
    return open(utf8, "");
  }

  /// The same for bytes that are part of a larger document.
  ///
  /// @param basePointer the pointer of that part; all pointers begin with it
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

  /// Moves to the next token and says which; null after the last one.
  public @Nullable JsonToken next() {
    try {
      JsonToken token = parser.nextToken();
      if (token == null && !started) {
        throw new InvalidJsonException(
            Reason.SYNTAX, basePointer, "There is no JSON: it is empty.");
      }
      started = true;
      return token;
    } catch (JacksonException e) {
      throw toInvalidJson(e);
    }
  }

  /// The token that the walk stands on; null before the first and after the last one.
  public @Nullable JsonToken token() {
    return parser.currentToken();
  }

  /// The key that the walk stands on, or in whose value it is.
  public String name() {
    return String.valueOf(parser.currentName());
  }

  /// The string that the walk stands on, or the exact digits of the number.
  public String text() {
    try {
      return parser.getString();
    } catch (JacksonException e) {
      throw toInvalidJson(e);
    }
  }

  /// Moves to the end of the value that the walk stands on, which is still checked to be JSON.
  public void skipValue() {
    try {
      parser.skipChildren();
    } catch (JacksonException e) {
      throw toInvalidJson(e);
    }
  }

  /// Moves beyond the document, and refuses anything but white space there.
  public void requireEnd() {
    if (next() != null) {
      throw new InvalidJsonException(
          Reason.SYNTAX,
          basePointer,
          "Something follows after the end of the JSON document; remove it.");
    }
  }

  /// The JSON pointer (RFC 6901) of where the walk stands.
  public String pointer() {
    return basePointer + parser.streamReadContext().pathAsPointer();
  }

  @Override
  public void close() {
    parser.close();
  }

  JsonParser parser() {
    return parser;
  }

  InvalidJsonException toInvalidJson(JacksonException e) {
    return JacksonErrors.toInvalidJson(e, pointer());
  }
}
