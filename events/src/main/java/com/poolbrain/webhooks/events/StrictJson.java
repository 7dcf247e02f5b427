package com.poolbrain.webhooks.events;

import com.poolbrain.webhooks.events.JsonRefusedException.Reason;
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
/// wrong is a [JsonRefusedException] that knows where.
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
public final class StrictJson implements AutoCloseable {

  /// Arrays and objects inside each other, the outermost included.
  public static final int MAX_NESTING = 64;

  /// Characters of one string: more would not fit into an envelope.
  public static final int MAX_STRING = 262_144;

  /// Characters of one number.
  public static final int MAX_NUMBER = 1_000;

  /// Characters of one key.
  public static final int MAX_NAME = 256;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_NESTING)
                  .maxStringLength(MAX_STRING)
                  .maxNumberLength(MAX_NUMBER)
                  .maxNameLength(MAX_NAME)
                  .build())
          .build();

  private final JsonParser parser;
  private final String base;
  private boolean started;

  private StrictJson(JsonParser parser, String base) {
    this.parser = parser;
    this.base = base;
  }

  /// A walk that stands before the first token.
  ///
  /// @throws JsonRefusedException if the bytes are not UTF-8
  public static StrictJson open(byte[] utf8) {
    return open(utf8, "");
  }

  /// The same for bytes that are part of a larger document.
  ///
  /// @param base the pointer of that part; all pointers begin with it
  public static StrictJson open(byte[] utf8, String base) {
    int malformed = Utf8.firstMalformed(utf8);
    if (malformed >= 0) {
      throw new JsonRefusedException(
          Reason.ENCODING,
          base,
          "The byte at position " + malformed + " is not UTF-8; JSON has to be sent as UTF-8.");
    }
    if (utf8.length >= 3 && utf8[0] == (byte) 0xEF && utf8[1] == (byte) 0xBB) {
      throw new JsonRefusedException(
          Reason.ENCODING, base, "The document begins with a byte order mark; leave it out.");
    }
    return new StrictJson(FACTORY.createParser(ObjectReadContext.empty(), utf8), base);
  }

  /// Moves to the next token and says which; null after the last one.
  public @Nullable JsonToken next() {
    try {
      JsonToken token = parser.nextToken();
      if (token == null && !started) {
        throw new JsonRefusedException(Reason.SYNTAX, base, "There is no JSON: it is empty.");
      }
      started = true;
      return token;
    } catch (JacksonException e) {
      throw refused(e);
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
      throw refused(e);
    }
  }

  /// Moves to the end of the value that the walk stands on, which is still checked to be JSON.
  public void skipValue() {
    try {
      parser.skipChildren();
    } catch (JacksonException e) {
      throw refused(e);
    }
  }

  /// Moves beyond the document, and refuses anything but white space there.
  public void end() {
    if (next() != null) {
      throw new JsonRefusedException(
          Reason.SYNTAX, base, "Something follows after the end of the JSON document; remove it.");
    }
  }

  /// The JSON pointer (RFC 6901) of where the walk stands.
  public String pointer() {
    return base + parser.streamReadContext().pathAsPointer();
  }

  @Override
  public void close() {
    parser.close();
  }

  JsonParser parser() {
    return parser;
  }

  JsonRefusedException refused(JacksonException e) {
    return JacksonComplaint.of(e, pointer());
  }
}
