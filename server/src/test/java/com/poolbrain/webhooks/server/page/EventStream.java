package com.poolbrain.webhooks.server.page;

import com.poolbrain.webhooks.testkit.service.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/// A page that receives server-sent events.
final class EventStream implements AutoCloseable {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final InputStream body;
  private final HttpResponse<InputStream> response;
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private volatile boolean isEnded;

  /// An event.
  record Event(String type, String data) {}

  private EventStream(HttpResponse<InputStream> response) {
    this.response = response;
    this.body = response.body();
    Thread.ofVirtual().start(this::read);
  }

  /// Opens a stream with the cookies of a browser.
  static EventStream open(URI url, PageClient browser) {
    String cookies =
        browser.cookies().entrySet().stream()
            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
            .collect(Collectors.joining("; "));
    HttpRequest request = HttpRequest.newBuilder(url).header("Cookie", cookies).build();
    try {
      return new EventStream(CLIENT.send(request, BodyHandlers.ofInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<InputStream> response() {
    return response;
  }

  private void read() {
    try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      String type = "";
      StringBuilder data = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event: ")) {
          type = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data.append(line, 6, line.length()).append('\n');
        } else if (line.isEmpty() && !type.isEmpty()) {
          events.add(new Event(type, data.toString()));
          type = "";
          data.setLength(0);
        }
      }
    } catch (IOException _) {
      // The server has cut the stream, or the test has closed it.
    } finally {
      isEnded = true;
    }
  }

  /// The events of this type so far.
  List<String> data(String type) {
    return events.stream().filter(event -> event.type().equals(type)).map(Event::data).toList();
  }

  /// Waits for a row that contains all these texts, and returns the latest such row.
  String awaitRow(String... texts) {
    return Await.until(
            "a row with " + String.join(", ", texts),
            () ->
                data("row").stream()
                    .filter(row -> List.of(texts).stream().allMatch(row::contains))
                    .toList(),
            found -> !found.isEmpty())
        .getLast();
  }

  void awaitEnd() {
    Await.until("the stream ends", () -> isEnded);
  }

  boolean isEnded() {
    return isEnded;
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
