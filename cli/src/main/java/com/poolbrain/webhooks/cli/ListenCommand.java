package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.listen.CertificateFiles;
import com.poolbrain.webhooks.cli.listen.FailureMode;
import com.poolbrain.webhooks.cli.listen.HandledWebhookPrinter;
import com.poolbrain.webhooks.cli.listen.ServerCertificate;
import com.poolbrain.webhooks.cli.listen.WebhookHandler;
import com.poolbrain.webhooks.cli.listen.WebhookListener;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.cli.terminal.DurationConverter;
import com.poolbrain.webhooks.cli.terminal.IoMessages;
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
  private int failedAttempts;

  @Option(
      names = "--status",
      paramLabel = "CODE",
      defaultValue = "503",
      description = "What refused attempts are answered with (default: ${DEFAULT-VALUE}).")
  private int failureStatus;

  @Option(
      names = "--delay",
      paramLabel = "DURATION",
      defaultValue = "0s",
      converter = DurationConverter.class,
      description = "Hold back every answer: 500ms, 2s, 1m.")
  private Duration delay = Duration.ZERO;

  @Option(
      names = "--items",
      paramLabel = "COUNT",
      defaultValue = "3",
      description = "Items of a grouped body to show (default: ${DEFAULT-VALUE}).")
  private int maxItems;

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
      throw CommandException.usageError("--port is a number from 0 to 65535.");
    }
    if (failureStatus < 300 || failureStatus > 599) {
      throw CommandException.usageError(
          "--status is what a failure is answered with, from 300 to 599.");
    }
    if (failedAttempts < 0 || maxItems < 0) {
      throw CommandException.usageError("--fail and --items are not negative.");
    }
    Secret signingSecret = secret.optional();
    WebhookListener webhookListener = startListener();
    Runtime.getRuntime().addShutdownHook(new Thread(webhookListener::close));
    HandledWebhookPrinter printer =
        new HandledWebhookPrinter(
            terminal.out(), terminal.ansi(), InstantSource.system(), maxItems);
    webhookListener.setHandler(
        WebhookListener.ANY_PATH,
        new WebhookHandler(
            signingSecret, new FailureMode(failedAttempts, failureStatus, delay), printer::print));
    terminal.println(
        "Listening on https://localhost:" + webhookListener.port() + "/ (Ctrl-C ends it).");
    terminal.println("Clients have to trust " + caFile.toAbsolutePath().normalize());
    if (signingSecret == null) {
      terminal.println("Signatures are not checked: give the endpoint's secret with --secret.");
    }
    new CountDownLatch(1).await(); // until a signal ends the process
    return 0;
  }

  private WebhookListener startListener() {
    ServerCertificate serverCertificate;
    try {
      serverCertificate =
          new CertificateFiles(caFile).loadOrCreate(InstantSource.system().instant());
    } catch (FileAlreadyExistsException e) {
      throw CommandException.of(
          e.getFile()
              + " is there already and was not made by listen: name another file with --ca-file.");
    } catch (IOException e) {
      throw CommandException.of(
          "cannot write the certificate to " + caFile + ": " + IoMessages.describe(e));
    }
    try {
      return WebhookListener.start(host, port, serverCertificate);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("An identity that was just checked or made is one.", e);
    } catch (IOException e) {
      throw CommandException.of(
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
