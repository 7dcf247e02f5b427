package com.poolbrain.webhooks.cli.listen;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The requests that were received, numbered from 1. The last ones are kept, so that they can be
/// handled again; a file keeps all of them, and its numbers go on at the next start.
///
/// Each line of the file is a JSON object: `{"number", "headers": {…}, "body"}`, with `body_base64`
/// instead of `body` if it is not UTF-8.
public final class Recording {

  static final int MAX_KEPT = 1_000;

  private static final JsonMapper JSON = JsonMapper.shared();

  private final @Nullable Path file;
  private final Map<Integer, IncomingRequest> kept =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, IncomingRequest> eldest) {
          return size() > MAX_KEPT;
        }
      };
  private int lastNumber;

  private Recording(@Nullable Path file) {
    this.file = file;
  }

  /// A recording in memory.
  public static Recording inMemory() {
    return new Recording(null);
  }

  /// The recording of a file, which is created if there is none.
  ///
  /// @throws IOException if the file can't be read or is not a recording; the message says which
  public static Recording of(Path file) throws IOException {
    Recording recording = new Recording(file);
    if (Files.exists(file)) {
      try (BufferedReader lines = Files.newBufferedReader(file)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          recording.load(line);
        }
      } catch (JacksonException | IllegalArgumentException | CharacterCodingException e) {
        throw new IOException(
            "line %d is not a recorded request".formatted(recording.lastNumber + 1), e);
      }
    }
    return recording;
  }

  private void load(String line) {
    JsonNode recorded = JSON.readTree(line);
    Map<String, String> headers = new LinkedHashMap<>();
    recorded
        .required("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asString()));
    byte[] body =
        recorded.has("body")
            ? recorded.required("body").asString().getBytes(UTF_8)
            : Base64.getDecoder().decode(recorded.required("body_base64").asString());
    lastNumber = recorded.required("number").asInt();
    kept.put(lastNumber, new IncomingRequest(headers, body));
  }

  /// Records a request.
  ///
  /// @return its number
  /// @throws IOException if the file can't be written; the request is kept in memory
  synchronized int add(IncomingRequest request) throws IOException {
    lastNumber++;
    kept.put(lastNumber, request);
    if (file != null) {
      Files.writeString(
          file,
          toLine(lastNumber, request) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
    return lastNumber;
  }

  private static String toLine(int number, IncomingRequest request) {
    ObjectNode line = JSON.createObjectNode().put("number", number);
    ObjectNode headers = line.putObject("headers");
    request.headers().forEach(headers::put);
    try {
      line.put("body", UTF_8.newDecoder().decode(ByteBuffer.wrap(request.body())).toString());
    } catch (CharacterCodingException notText) {
      line.put("body_base64", Base64.getEncoder().encodeToString(request.body()));
    }
    return JSON.writeValueAsString(line);
  }

  /// The request of a number, if it is still kept.
  synchronized Optional<IncomingRequest> find(int number) {
    return Optional.ofNullable(kept.get(number));
  }
}
