package com.poolbrain.webhooks.server.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A browser without JavaScript: keeps cookies, follows no redirect by itself, and sends the CSRF
/// token of the last page that it saw.
final class PageClient {

  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]*)\"");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI baseUrl;
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private String csrfToken = "";

  PageClient(URI baseUrl) {
    this.baseUrl = baseUrl;
  }

  /// A browser that has opened a link.
  static PageClient opened(URI baseUrl, String link) {
    var browser = new PageClient(baseUrl);
    browser.get(URI.create(link).getPath());
    return browser;
  }

  Map<String, String> cookies() {
    return cookies;
  }

  String csrfToken() {
    return csrfToken;
  }

  HttpResponse<String> get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  HttpResponse<String> head(String path) {
    return send(request(path).HEAD());
  }

  /// Sends a form with the CSRF token.
  HttpResponse<String> post(String path, Map<String, String> fields) {
    var all = new LinkedHashMap<>(fields);
    all.putIfAbsent("csrf", csrfToken);
    return postRaw(path, encode(all));
  }

  HttpResponse<String> postRaw(String path, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  /// Sends a form with one field as `multipart/form-data`.
  HttpResponse<String> postParts(String path, String name, String value) {
    String body =
        "--part\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n--part--\r\n"
            .formatted(name, value);
    return send(
        request(path)
            .header("Content-Type", "multipart/form-data; boundary=part")
            .POST(BodyPublishers.ofString(body)));
  }

  static String encode(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(baseUrl + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    return request;
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      response.headers().allValues("Set-Cookie").forEach(this::keep);
      Matcher matcher = CSRF.matcher(response.body());
      if (matcher.find()) {
        csrfToken = matcher.group(1);
      }
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void keep(String header) {
    List<String> parts = List.of(header.split("; ", -1));
    String[] cookie = parts.getFirst().split("=", 2);
    if (parts.contains("Max-Age=0")) {
      cookies.remove(cookie[0]);
    } else {
      cookies.put(cookie[0], cookie[1]);
    }
  }
}
