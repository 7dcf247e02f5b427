package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.listen.Identity;
import com.poolbrain.webhooks.cli.listen.IdentityFiles;
import com.poolbrain.webhooks.cli.listen.Inbox;
import com.poolbrain.webhooks.cli.listen.Listener;
import com.poolbrain.webhooks.cli.listen.Misbehaviour;
import com.poolbrain.webhooks.cli.terminal.Durations;
import com.poolbrain.webhooks.cli.terminal.Failure;
import com.poolbrain.webhooks.cli.terminal.Reason;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import com.poolbrain.webhooks.signature.Secret;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `./webhooks listen`: an HTTPS consumer for development.
@Command(
    name = "listen",
    sortOptions = false,
    description = {
      "An HTTPS consumer for development: verifies, de-duplicates by id and prints what arrives,"
          + " on every path, until Ctrl-C. It can misbehave on request.",
      "",
      "Its certificate is for localhost, 127.0.0.1 and ::1, signed by an authority of its own that"
          + " the service has to be told to trust, like the loopback addresses:",
      "",
      "  export WEBHOOKS_EXTRA_CA=data/listen/ca.pem",
      "  export WEBHOOKS_ALLOWED_NETWORKS=127.0.0.0/8",
      "  webhooks serve",
    },
    footer = {
      "",
      "Examples:",
      "  webhooks listen --port 8443 --secret whsec_abc",
      "  webhooks listen --fail 2              two failed attempts, then all is well",
      "  webhooks listen --fail 99 --status 404  never recovers",
      "  webhooks listen --delay 20s           every attempt ends in a timeout",
    })
final class ListenCommand implements Callable<Integer> {

  @Mixin private final SecretOption secret = new SecretOption();
  private final Terminal terminal;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8443",
      description = "Port to listen on, 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Address to listen on (default: ${DEFAULT-VALUE}).")
  private String host = "";

  @Option(
      names = "--fail",
      paramLabel = "ATTEMPTS",
      defaultValue = "0",
      description = "Refuse so many attempts of each delivery before one is taken.")
  private int fail;

  @Option(
      names = "--status",
      paramLabel = "CODE",
      defaultValue = "503",
      description = "What refused attempts are answered with (default: ${DEFAULT-VALUE}).")
  private int status;

  @Option(
      names = "--delay",
      paramLabel = "DURATION",
      defaultValue = "0s",
      converter = Durations.class,
      description = "Hold back every answer: 500ms, 2s, 1m.")
  private Duration delay = Duration.ZERO;

  @Option(
      names = "--items",
      paramLabel = "COUNT",
      defaultValue = "3",
      description = "Items of a grouped body to show (default: ${DEFAULT-VALUE}).")
  private int items;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      defaultValue = "data/listen/ca.pem",
      description =
          "Where to put the authority's certificate (default: ${DEFAULT-VALUE}). Used again at the"
              + " next start; the server's key lies beside it.")
  private Path caFile = Path.of("");

  ListenCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (port < 0 || port > 65_535) {
      throw Failure.usage("--port is a number from 0 to 65535.");
    }
    if (status < 300 || status > 599) {
      throw Failure.usage("--status is what a failure is answered with, from 300 to 599.");
    }
    if (fail < 0 || items < 0) {
      throw Failure.usage("--fail and --items are not negative.");
    }
    Secret key = secret.optional();
    Listener listener = start();
    Runtime.getRuntime().addShutdownHook(new Thread(listener::close));
    ArrivalPrinter printer =
        new ArrivalPrinter(terminal.out(), terminal.ansi(), InstantSource.system(), items);
    listener.put(
        Listener.ANY_PATH, new Inbox(key, new Misbehaviour(fail, status, delay), printer::print));
    terminal.say("Listening on https://localhost:" + listener.port() + "/ (Ctrl-C ends it).");
    terminal.say("Clients have to trust " + caFile.toAbsolutePath().normalize());
    if (key == null) {
      terminal.say("Signatures are not checked: give the endpoint's secret with --secret.");
    }
    new CountDownLatch(1).await(); // until a signal ends the process
    return 0;
  }

  private Listener start() {
    Identity identity;
    try {
      identity = new IdentityFiles(caFile).loadOrMake(InstantSource.system().instant());
    } catch (FileAlreadyExistsException e) {
      throw Failure.of(
          e.getFile()
              + " is there already and was not made by listen: name another file with --ca-file.");
    } catch (IOException e) {
      throw Failure.of("cannot write the certificate to " + caFile + ": " + Reason.of(e));
    }
    try {
      return Listener.start(host, port, identity);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("An identity that was just checked or made is one.", e);
    } catch (IOException e) {
      throw Failure.of(
          "cannot listen on "
              + host
              + ":"
              + port
              + " ("
              + e.getMessage()
              + "): is something else"
              + " using it? Choose another with --port.");
    }
  }
}
