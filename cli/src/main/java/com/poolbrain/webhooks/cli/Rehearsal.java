package com.poolbrain.webhooks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.poolbrain.webhooks.server.Serve;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One start of the service on a new database, a question to it, and its end. The launcher has Java
/// record it after a build, so that later starts find ready what this one has to load.
public final class Rehearsal {

  private static final Pattern READY = Pattern.compile("Ready at (\\S+).*");

  private Rehearsal() {}

  /// Rehearses with settings of its own, whatever the environment says, and ends the process: with
  /// 0 if the service got ready and answered, else with 1 and the reason on standard error.
  ///
  /// @param args a missing or empty folder, in which the service leaves its data
  public static void main(String[] args) throws IOException {
    var said = new PipedInputStream();
    var out = new PrintStream(new PipedOutputStream(said), true, UTF_8);
    Thread.ofPlatform().daemon().start(() -> System.exit(askWhenReady(said)));
    var settings = Map.of("WEBHOOKS_PORT", "0", "WEBHOOKS_DATA_DIR", args[0]);
    System.exit(Serve.run(settings, null, out, System.err));
  }

  private static int askWhenReady(PipedInputStream said) {
    try (var lines = new BufferedReader(new InputStreamReader(said, UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        Matcher ready = READY.matcher(line);
        if (ready.matches()) {
          return ask(URI.create(ready.group(1)));
        }
      }
      throw new IOException("The service never said that it was ready.");
    } catch (IOException e) {
      System.err.println("The rehearsal broke off: " + e.getMessage());
      return 1;
    }
  }

  /// By a plain socket, because all that is loaded for it lengthens the starts to come.
  private static int ask(URI service) throws IOException {
    try (var socket = new Socket(service.getHost(), service.getPort())) {
      String question =
          "GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(question.getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      if (!answer.startsWith("HTTP/1.1 200 ")) {
        throw new IOException("The service is not ready: " + answer);
      }
      return 0;
    }
  }
}
