package com.poolbrain.webhooks.cli.listen;

import com.poolbrain.webhooks.domain.address.Host;
import com.poolbrain.webhooks.domain.address.UrlAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/// Sends requests on to an application, with their headers and the exact body.
public final class Forwarder implements AutoCloseable {

  /// The answer of an application.
  ///
  /// @param status 502 if it could not be reached, 504 if it took too long
  /// @param text the start of the body, or what failed
  public record Answer(int status, String text, Duration duration) {}

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int MAX_TEXT_BYTES = 1_024;

  /// Headers that belong to a connection.
  private static final Set<String> NOT_FORWARDED =
      Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

  private final URI url;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(TIMEOUT)
          .build();

  /// @param url of the application
  public Forwarder(URI url) {
    this.url = url;
  }

  /// Whether a URL names this machine, so that nothing that was received leaves it.
  public static boolean isLoopback(URI url) {
    return switch (UrlAuthority.of(url).host()) {
      case Host.Literal(_, var address) -> address.isLoopbackAddress();
      case Host.Name(String name) -> name.equals("localhost");
      case Host.Invalid _, Host.Ambiguous _ -> false;
    };
  }

  Answer send(IncomingRequest request) throws InterruptedException {
    HttpRequest.Builder forwarded =
        HttpRequest.newBuilder(url)
            .timeout(TIMEOUT)
            .POST(BodyPublishers.ofByteArray(request.body()));
    request
        .headers()
        .forEach((name, value) -> {
          if (!NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
            forwarded.setHeader(name, value);
          }
        });
    long start = System.nanoTime();
    try {
      HttpResponse<InputStream> response =
          client.send(forwarded.build(), BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        String text = new String(body.readNBytes(MAX_TEXT_BYTES), StandardCharsets.UTF_8);
        return new Answer(response.statusCode(), text, since(start));
      }
    } catch (HttpTimeoutException e) {
      return new Answer(504, "no answer within " + TIMEOUT.toSeconds() + " s", since(start));
    } catch (IOException e) {
      return new Answer(502, "not reached: " + e, since(start));
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Override
  public void close() {
    client.close();
  }
}
