package com.poolbrain.webhooks.spring;

import com.poolbrain.webhooks.consumer.test.FakeSender;
import com.poolbrain.webhooks.consumer.test.WebhookTestKit;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/// A Spring Boot application with a web server on a free port.
record RunningApplication(ConfigurableApplicationContext context) implements AutoCloseable {

  static final String SECRET = "whsec_for_the_starter";
  static final String PATH = "/webhooks/poolbrain";
  static final WebhookTestKit KIT = WebhookTestKit.secret(SECRET);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /// Starts an application that has a secret.
  static RunningApplication start(Class<?> application, String... properties) {
    List<String> all = new ArrayList<>(List.of("poolbrain.webhooks.secret=" + SECRET));
    all.addAll(List.of(properties));
    return startWith(application, all);
  }

  /// Starts an application with these properties alone.
  static RunningApplication startWith(Class<?> application, List<String> properties) {
    List<String> arguments =
        new ArrayList<>(List.of("--server.port=0", "--spring.main.banner-mode=off"));
    properties.forEach(property -> arguments.add("--" + property));
    return new RunningApplication(
        SpringApplication.run(application, arguments.toArray(new String[0])));
  }

  URI url(String path) {
    String port = Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port"));
    return URI.create("http://localhost:" + port + path);
  }

  FakeSender sender() {
    return new FakeSender(url(PATH));
  }

  HttpResponse<String> get(String path) throws Exception {
    return CLIENT.send(HttpRequest.newBuilder(url(path)).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(url(path)).POST(BodyPublishers.ofString("{}")).build();
    return CLIENT.send(request, BodyHandlers.ofString());
  }

  @Override
  public void close() {
    context.close();
  }
}
