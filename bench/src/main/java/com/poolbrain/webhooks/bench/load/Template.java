package com.poolbrain.webhooks.bench.load;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/// The bytes of publish requests: made once, then copied and marked.
public final class Template {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final Marks marks;
  private final byte[] request;
  private final int[] places;

  /// @param now the time of all its events
  public Template(Target target, Marks marks, Instant now) {
    this.marks = marks;
    String blank = "_".repeat(Marks.LENGTH);
    String body = target.body().replace(Target.TS, TIME.format(now));
    List<Integer> found = new ArrayList<>();
    StringBuilder filled = new StringBuilder();
    int at = 0;
    for (int i = body.indexOf(Target.ID); i >= 0; i = body.indexOf(Target.ID, at)) {
      filled.append(body, at, i);
      found.add(filled.toString().getBytes(StandardCharsets.UTF_8).length);
      filled.append(blank);
      at = i + Target.ID.length();
    }
    byte[] bytes = filled.append(body.substring(at)).toString().getBytes(StandardCharsets.UTF_8);
    byte[] head = head(target, bytes.length).getBytes(StandardCharsets.US_ASCII);
    request = new byte[head.length + bytes.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(bytes, 0, request, head.length, bytes.length);
    places = found.stream().mapToInt(place -> place + head.length).toArray();
  }

  private static String head(Target target, int length) {
    String path = target.publishUrl().getRawPath();
    String query = target.publishUrl().getRawQuery();
    StringBuilder head =
        new StringBuilder("POST ")
            .append(path.isEmpty() ? "/" : path)
            .append(query == null ? "" : "?" + query)
            .append(" HTTP/1.1\r\nHost: ")
            .append(target.publishUrl().getRawAuthority())
            .append("\r\nContent-Length: ")
            .append(length)
            .append("\r\n");
    if (target.headers().keySet().stream().noneMatch("Content-Type"::equalsIgnoreCase)) {
      head.append("Content-Type: application/json\r\n");
    }
    target
        .headers()
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.append("\r\n").toString();
  }

  /// Events in one request.
  public int events() {
    return places.length;
  }

  /// The request whose events bear the numbers from `first` on.
  public byte[] request(int first) {
    byte[] bytes = request.clone();
    for (int i = 0; i < places.length; i++) {
      marks.write(first + i, bytes, places[i]);
    }
    return bytes;
  }
}
