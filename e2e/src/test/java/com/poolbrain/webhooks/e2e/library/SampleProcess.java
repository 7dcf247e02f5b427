package com.poolbrain.webhooks.e2e.library;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.testkit.service.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The Spring Boot sample as a process, with its database in a folder.
final class SampleProcess implements AutoCloseable {

  static final Path JAR =
      Path.of("..", "samples", "spring-consumer", "target", "spring-consumer.jar");
  private static final String STARTED = "Started CrmApplication";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final ServiceProcess process;
  private final int port;

  private SampleProcess(ServiceProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Starts the sample, and waits until it listens.
  ///
  /// @param folder of its database
  /// @param options arguments such as `--crm.lease=1s`
  static SampleProcess start(Path folder, int port, String secret, String... options) {
    assertThat(JAR).as("run ./webhooks test, which makes it").isRegularFile();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"));
    command.addAll(List.of("-jar", JAR.toAbsolutePath().toString(), "--server.port=" + port));
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("POOLBRAIN_WEBHOOKS_SECRET", secret);
    ServiceProcess process = ServiceProcess.start(builder);
    process.awaitOutput(STARTED);
    return new SampleProcess(process, port);
  }

  /// What one of its views shows.
  static JsonNode view(int port, String path) {
    URI url = URI.create("http://localhost:" + port + path);
    try {
      var response = CLIENT.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
      return JsonMapper.shared().readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  JsonNode view(String path) {
    return view(port, path);
  }

  /// Kills it as `kill -9` does.
  void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }
}
