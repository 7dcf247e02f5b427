package com.poolbrain.webhooks.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.stream.IntStream;

/// The bytes of a publish request, built once. Each request is a copy with its own markers.
final class RequestTemplate {

  private static final DateTimeFormatter TIMESTAMP_FORMAT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final char MARKER_START = '\u0001';
  private static final String MARKER_SPACE =
      MARKER_START + "_".repeat(EventMarkers.MARKER_LENGTH - 1);

  private final EventMarkers markers;
  private final byte[] request;
  private final int[] markerOffsets;

  /// @param eventTime timestamp of all events
  RequestTemplate(PublishTarget target, EventMarkers markers, Instant eventTime) {
    this.markers = markers;
    String body =
        target
            .body()
            .replace(PublishTarget.TIME_PLACEHOLDER, TIMESTAMP_FORMAT.format(eventTime))
            .replace(PublishTarget.ID_PLACEHOLDER, MARKER_SPACE);
    byte[] bytes = (requestHead(target, body.getBytes(UTF_8).length) + body).getBytes(UTF_8);
    request = bytes;
    markerOffsets =
        IntStream.range(0, bytes.length).filter(i -> bytes[i] == MARKER_START).toArray();
  }

  private static String requestHead(PublishTarget target, int length) {
    URI url = target.publishUrl();
    StringBuilder head =
        new StringBuilder("POST ")
            .append(url.getRawPath().isEmpty() ? "/" : url.getRawPath())
            .append(url.getRawQuery() == null ? "" : "?" + url.getRawQuery())
            .append(" HTTP/1.1\r\nHost: ")
            .append(url.getRawAuthority())
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

  int eventsPerRequest() {
    return markerOffsets.length;
  }

  /// A request whose events have consecutive numbers.
  byte[] request(int firstEvent) {
    byte[] bytes = request.clone();
    for (int i = 0; i < markerOffsets.length; i++) {
      markers.writeMarker(firstEvent + i, bytes, markerOffsets[i]);
    }
    return bytes;
  }
}
