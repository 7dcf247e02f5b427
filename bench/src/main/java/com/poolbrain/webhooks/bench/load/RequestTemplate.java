package com.poolbrain.webhooks.bench.load;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/// The bytes of publish requests: made once, then copied and marked.
public final class RequestTemplate {

  private static final DateTimeFormatter TIMESTAMP_FORMAT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final EventMarkers eventMarkers;
  private final byte[] request;
  private final int[] markerOffsets;

  /// @param eventTime the time of all its events
  public RequestTemplate(
      PublishTarget publishTarget, EventMarkers eventMarkers, Instant eventTime) {
    this.eventMarkers = eventMarkers;
    String placeholder = "_".repeat(EventMarkers.MARKER_LENGTH);
    String body =
        publishTarget
            .body()
            .replace(PublishTarget.TIME_PLACEHOLDER, TIMESTAMP_FORMAT.format(eventTime));
    List<Integer> offsets = new ArrayList<>();
    StringBuilder filled = new StringBuilder();
    int at = 0;
    for (int i = body.indexOf(PublishTarget.ID_PLACEHOLDER);
        i >= 0;
        i = body.indexOf(PublishTarget.ID_PLACEHOLDER, at)) {
      filled.append(body, at, i);
      offsets.add(filled.toString().getBytes(StandardCharsets.UTF_8).length);
      filled.append(placeholder);
      at = i + PublishTarget.ID_PLACEHOLDER.length();
    }
    byte[] bytes = filled.append(body.substring(at)).toString().getBytes(StandardCharsets.UTF_8);
    byte[] head = requestHead(publishTarget, bytes.length).getBytes(StandardCharsets.US_ASCII);
    request = new byte[head.length + bytes.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(bytes, 0, request, head.length, bytes.length);
    markerOffsets = offsets.stream().mapToInt(offset -> offset + head.length).toArray();
  }

  private static String requestHead(PublishTarget publishTarget, int length) {
    String path = publishTarget.publishUrl().getRawPath();
    String query = publishTarget.publishUrl().getRawQuery();
    StringBuilder head =
        new StringBuilder("POST ")
            .append(path.isEmpty() ? "/" : path)
            .append(query == null ? "" : "?" + query)
            .append(" HTTP/1.1\r\nHost: ")
            .append(publishTarget.publishUrl().getRawAuthority())
            .append("\r\nContent-Length: ")
            .append(length)
            .append("\r\n");
    if (publishTarget.headers().keySet().stream().noneMatch("Content-Type"::equalsIgnoreCase)) {
      head.append("Content-Type: application/json\r\n");
    }
    publishTarget
        .headers()
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.append("\r\n").toString();
  }

  /// Events in one request.
  public int eventsPerRequest() {
    return markerOffsets.length;
  }

  /// The request whose events bear the numbers from `first` on.
  public byte[] request(int firstEvent) {
    byte[] bytes = request.clone();
    for (int i = 0; i < markerOffsets.length; i++) {
      eventMarkers.writeMarker(firstEvent + i, bytes, markerOffsets[i]);
    }
    return bytes;
  }
}
