package com.poolbrain.webhooks.e2e.snippets;

import com.poolbrain.webhooks.e2e.support.NodeEnvironment;
import com.poolbrain.webhooks.e2e.support.PythonEnvironment;
import com.poolbrain.webhooks.testkit.endpoint.ClosedPort;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The running server of a snippet.
final class SnippetServer implements AutoCloseable {

  static final Path SNIPPETS = Path.of("../docs/snippets").toAbsolutePath().normalize();
  private static final Path RUNNERS = Path.of("src/test/snippets").toAbsolutePath();

  private final ClosedPort port = ClosedPort.reserve();
  private final ServiceProcess process;

  /// Starts the server, and waits until it accepts connections.
  ///
  /// @param folder for what the server is made of and writes
  SnippetServer(String language, String secret, Path folder) throws Exception {
    Path secretFile = Files.writeString(folder.resolve("secret"), secret);
    // The shell reads the secret, because Java passes only the characters of its locale.
    ProcessBuilder builder =
        new ProcessBuilder(
            "sh",
            "-c",
            "WEBHOOK_SECRET=$(cat secret) && export WEBHOOK_SECRET && exec \"$@\"",
            "sh");
    builder.command().addAll(command(language, folder, port.port()));
    builder.directory(folder.toFile());
    String portText = Integer.toString(port.port());
    builder
        .environment()
        .putAll(
            Map.of(
                "PORT",
                portText,
                "SERVER_PORT",
                portText,
                "LC_ALL",
                "C.UTF-8",
                "SNIPPETS",
                SNIPPETS.toString(),
                "TMPDIR",
                folder.toString(),
                "PYTHONDONTWRITEBYTECODE",
                "1"));
    process = ServiceProcess.start(builder);
    Await.until(
        "the server of " + language + " listens",
        () -> isListening() || !process.handle().isAlive());
    if (!process.handle().isAlive()) {
      String output = process.outputText();
      close();
      throw new AssertionError(
          "The server of %s ended: %s%n%s".formatted(language, output, advice(language)));
    }
    Files.delete(secretFile);
  }

  /// What to run in the folder of the server.
  private static List<String> command(String language, Path folder, int port) throws Exception {
    return switch (language) {
      case "Java" -> java(copy("WebhookServer.java", folder));
      case "Spring" -> {
        copy("WebhookController.java", folder);
        yield java(
            Files.copy(RUNNERS.resolve("SpringMain.java"), folder.resolve("SpringMain.java")));
      }
      case "Flask" ->
          List.of(python("flask"), "--app", SNIPPETS + "/flask_app", "run", "--port=" + port);
      case "FastAPI" ->
          List.of(python("uvicorn"), "--app-dir=" + SNIPPETS, "--port=" + port, "fastapi_app:app");
      case "Express" -> List.of("node", node("express.mjs"));
      case "Next.js" -> {
        node("next.mjs");
        yield List.of(
            "node", NodeEnvironment.prepare().add(RUNNERS.resolve("next_server.mjs")).toString());
      }
      case "Go" -> {
        String program = folder.resolve("server").toString();
        build(folder, "go", "build", "-o", program, copy("server.go", folder).toString());
        yield List.of(program);
      }
      case "PHP" -> List.of("php", "-S", "127.0.0.1:" + port, SNIPPETS + "/webhook.php");
      case "Laravel" -> List.of("php", "-S", "127.0.0.1:" + port, RUNNERS + "/laravel_server.php");
      case "Rails" -> List.of("ruby", RUNNERS + "/rails_server.rb");
      case "C#" -> {
        String program = folder.resolve("server.exe").toString();
        build(
            folder,
            "mcs",
            "-r:System.Runtime.Serialization.dll,System.Xml.Linq.dll,System.Xml.dll",
            "-out:" + program,
            SNIPPETS + "/WebhookServer.cs");
        yield List.of("mono", program);
      }
      default -> throw new IllegalArgumentException("No command starts the snippet of " + language);
    };
  }

  private static String advice(String language) {
    return switch (language) {
      case "Java", "Spring" -> "";
      case "Flask", "FastAPI" -> "Install python3 and python3-venv (Debian: apt-get install).";
      case "Express", "Next.js" -> "Install node (Debian: apt-get install nodejs npm).";
      case "Go" -> "Install go (Debian: apt-get install golang-go).";
      case "PHP" -> "Install php (Debian: apt-get install php-cli).";
      case "Laravel" ->
          "Install parts of Laravel (Debian: apt-get install php-cli php-illuminate-http"
              + " php-illuminate-cache php-illuminate-config).";
      case "Rails" -> "Install Rails (Debian: apt-get install ruby-railties ruby-webrick).";
      case "C#" ->
          "Install Mono (Debian: apt-get install mono-mcs mono-runtime"
              + " libmono-system-runtime-serialization4.0-cil libmono-system-xml-linq4.0-cil).";
      default -> throw new IllegalArgumentException(language);
    };
  }

  private static Path copy(String snippet, Path folder) throws IOException {
    return Files.copy(SNIPPETS.resolve(snippet), folder.resolve(snippet));
  }

  /// Java compiles the source, and the others beside it.
  private static List<String> java(Path source) {
    return ServiceProcess.javaCommand("-XX:TieredStopAtLevel=1", "-Xmx256m", source.toString())
        .command();
  }

  private static String python(String program) throws Exception {
    return PythonEnvironment.prepare().program(program).toString();
  }

  private static String node(String snippet) throws Exception {
    return NodeEnvironment.prepare().add(SNIPPETS.resolve(snippet)).toString();
  }

  private static void build(Path folder, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    String language = command[0].equals("go") ? "Go" : "C#";
    try (ServiceProcess build = ServiceProcess.start(builder)) {
      if (build.awaitExitCode() != 0) {
        throw new AssertionError(
            "%s failed: %s".formatted(String.join(" ", command), build.outputText()));
      }
    } catch (UncheckedIOException missing) {
      throw new AssertionError(advice(language), missing);
    }
  }

  private boolean isListening() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      return socket.isConnected();
    } catch (IOException _) {
      return false;
    }
  }

  /// Where the server listens.
  int port() {
    return port.port();
  }

  /// What the server has written.
  String output() {
    return process.outputText();
  }

  /// Ends the server, and waits until its whole output was read.
  void end() throws InterruptedException {
    process.terminate();
    process.awaitExitCode();
  }

  @Override
  public void close() {
    process.close();
    port.close();
  }
}
