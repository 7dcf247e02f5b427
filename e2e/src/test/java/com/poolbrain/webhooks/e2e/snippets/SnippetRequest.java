package com.poolbrain.webhooks.e2e.snippets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Signer;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A request that every snippet gets, and the status of the right response.
///
/// @param secret what the server is configured with
/// @param signature the header `X-Webhook-Signature`, sent in ISO-8859-1; null for none
record SnippetRequest(
    String name, String secret, @Nullable String signature, byte[] body, int status) {

  private static final int ACCEPTED = 204;
  private static final int NO_WEBHOOK = 400;
  private static final int UNAUTHORIZED = 401;

  /// Accepted or unauthorized: servers may take spaces away, which are not part of the value.
  private static final int EITHER = 0;

  private static final int TIMEOUT_MILLIS = 30_000;

  /// The most items of a group, and about the most bytes of its data.
  private static final int GROUP_ITEMS = 100;

  private static final int ITEM_TEXT = 2_550;

  private static final Path VECTORS =
      Path.of("../signature/src/test/resources/vectors/signature.json");

  /// All vectors, and what they lack.
  static List<SnippetRequest> all() {
    JsonNode vectors = JsonMapper.shared().readTree(VECTORS.toFile());
    List<SnippetRequest> all = new ArrayList<>();
    for (JsonNode vector : vectors.path("valid")) {
      byte[] body = body(vector);
      all.add(of(vector, body, isEnvelope(body) ? ACCEPTED : NO_WEBHOOK));
    }
    for (JsonNode vector : vectors.path("invalid")) {
      all.add(of(vector, body(vector), UNAUTHORIZED));
    }
    for (JsonNode vector : vectors.path("receiver_may_accept")) {
      boolean areSpaces = vector.path("name").asString().contains("spaces");
      all.add(of(vector, body(vector), areSpaces ? EITHER : UNAUTHORIZED));
    }
    JsonNode first = vectors.path("valid").path(0);
    SnippetRequest single = of(first, body(first), ACCEPTED);
    all.add(single.with("no signature header", null, UNAUTHORIZED));
    all.add(single.with("signature of 64 non-ASCII characters", "é".repeat(64), UNAUTHORIZED));
    all.add(single.with("signature of 6,000 characters", "0".repeat(6_000), UNAUTHORIZED));
    all.add(single.with("the same id again", single.signature(), ACCEPTED));
    all.add(largeGroup(single.secret()));
    return all;
  }

  private static SnippetRequest of(JsonNode vector, byte[] body, int status) {
    return new SnippetRequest(
        vector.path("name").asString(),
        vector.path("secret").asString(),
        vector.path("signature").asString(),
        body,
        status);
  }

  private static byte[] body(JsonNode vector) {
    return Base64.getDecoder().decode(vector.path("body_base64").asString());
  }

  private static boolean isEnvelope(byte[] body) {
    return JsonMapper.shared().readTree(body).hasNonNull("id");
  }

  private SnippetRequest with(String otherName, @Nullable String otherSignature, int otherStatus) {
    return new SnippetRequest(otherName, secret, otherSignature, body, otherStatus);
  }

  private static SnippetRequest largeGroup(String secret) {
    String item = "{\"customerId\":1,\"displayName\":\"%s\"}".formatted("x".repeat(ITEM_TEXT));
    byte[] body =
        """
        {"id":"0195a1f0-0000-7000-8000-000000000001","event":"customer.created","company_id":40,\
        "timestamp":"2026-02-13T06:42:24.705000Z","data":[%s]}\
        """
            .formatted(String.join(",", Collections.nCopies(GROUP_ITEMS, item)))
            .getBytes(UTF_8);
    String signature = new Signer(Secret.parse(secret)).sign(body);
    return new SnippetRequest("group of 100, 260 kB", secret, signature, body, ACCEPTED);
  }

  /// Whether a right server does its work, unless it knows the id.
  boolean isAccepted() {
    return status == ACCEPTED;
  }

  /// Whether the status of a response is right.
  boolean isRight(int answered) {
    return status == EITHER ? answered == ACCEPTED || answered == UNAUTHORIZED : answered == status;
  }

  /// The `id` of the envelope.
  String id() {
    return JsonMapper.shared().readTree(body).path("id").asString();
  }

  /// The name of the event, once for each item of the data.
  List<String> eventOfEachItem() {
    JsonNode envelope = JsonMapper.shared().readTree(body);
    JsonNode data = envelope.path("data");
    return Collections.nCopies(data.isArray() ? data.size() : 1, envelope.path("event").asString());
  }

  /// Sends the request.
  ///
  /// @return the status of the response
  int send(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      OutputStream out = socket.getOutputStream();
      out.write(head(port).getBytes(ISO_8859_1));
      out.write(body);
      out.flush();
      char[] start = new char[12];
      int length = new InputStreamReader(socket.getInputStream(), ISO_8859_1).read(start);
      String statusLine = new String(start, 0, Math.max(0, length));
      if (!statusLine.matches("HTTP/1\\.[01] \\d{3}")) {
        throw new IOException("no status line, but '%s'".formatted(statusLine));
      }
      return Integer.parseInt(statusLine.substring(9));
    }
  }

  private String head(int port) {
    String header = signature == null ? "" : "X-Webhook-Signature: " + signature + "\r\n";
    return "POST /webhooks HTTP/1.1\r\nHost: localhost:"
        + port
        + "\r\nContent-Type: application/json\r\nContent-Length: "
        + body.length
        + "\r\nUser-Agent: PoolBrain-Webhooks/1.0\r\nAccept-Encoding: identity\r\n"
        + header
        + "Connection: close\r\n\r\n";
  }

  @Override
  public String toString() {
    return name;
  }
}
