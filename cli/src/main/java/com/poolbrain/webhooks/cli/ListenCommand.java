package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.listen.CertificateFiles;
import com.poolbrain.webhooks.cli.listen.FailureMode;
import com.poolbrain.webhooks.cli.listen.Forwarder;
import com.poolbrain.webhooks.cli.listen.HandledWebhookPrinter;
import com.poolbrain.webhooks.cli.listen.Recording;
import com.poolbrain.webhooks.cli.listen.ServerCertificate;
import com.poolbrain.webhooks.cli.listen.WebhookHandler;
import com.poolbrain.webhooks.cli.listen.WebhookListener;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.cli.terminal.DurationConverter;
import com.poolbrain.webhooks.cli.terminal.IoMessages;
import com.poolbrain.webhooks.cli.terminal.PortConverter;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import com.poolbrain.webhooks.signature.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Scanner;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `./webhooks listen`: an HTTPS endpoint for development.
@Command(
    name = "listen",
    sortOptions = false,
    description = {
      "HTTPS endpoint for development: accepts webhooks on every path until Ctrl-C, verifies their"
          + " signatures, detects duplicates by id, and prints each webhook with a number. Can simulate"
          + " failures, or send webhooks on to your application.",
      "",
      "Type the number of a webhook and press Enter to handle it again.",
      "",
      "Its certificate is valid for localhost, 127.0.0.1 and ::1 and is signed by its own CA. The"
          + " service must trust this CA and allow loopback addresses:",
      "",
      "  export WEBHOOKS_EXTRA_CA=data/listen/ca.pem",
      "  export WEBHOOKS_ALLOWED_NETWORKS=127.0.0.0/8",
      "  webhooks serve",
    },
    footer = {
      "",
      "Examples:",
      "  webhooks listen --port 8443 --secret whsec_abc",
      "  webhooks listen --fail 2        each delivery succeeds at the third attempt",
      "  webhooks listen --fail 99 --status 404    no attempt succeeds",
      "  webhooks listen --delay 20s     every attempt times out",
      "  webhooks listen --forward-to http://localhost:3000/hooks \\",
      "      --record webhooks.jsonl",
    })
final class ListenCommand implements Callable<Integer> {

  @Mixin private final SecretOption secret = new SecretOption();
  private final Terminal terminal;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8443",
      converter = PortConverter.class,
      description = "Port to listen on, 0 for any free port (default: ${DEFAULT-VALUE}).")
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
      description =
          "Fail this many attempts of each delivery before one succeeds (default: ${DEFAULT-VALUE}).")
  private int failedAttempts;

  @Option(
      names = "--status",
      paramLabel = "CODE",
      defaultValue = "503",
      description = "Status code of failed attempts, 300 to 599 (default: ${DEFAULT-VALUE}).")
  private int failureStatus;

  @Option(
      names = "--delay",
      paramLabel = "DURATION",
      defaultValue = "0s",
      converter = DurationConverter.class,
      description = "Delay every response by 500ms, 2s, 1m (default: ${DEFAULT-VALUE}).")
  private Duration delay = Duration.ZERO;

  @Option(
      names = "--forward-to",
      paramLabel = "URL",
      description =
          "Send each webhook on to an application, whatever its signature, and answer what it answers.")
  private @Nullable URI forwardTo;

  @Option(
      names = "--forward-anywhere",
      description = "Allow --forward-to a URL of another machine than this one.")
  private boolean forwardAnywhere;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description =
          "Append each webhook to a file of JSON lines. The next start goes on with its numbers.")
  private @Nullable Path recordFile;

  @Option(
      names = "--items",
      paramLabel = "COUNT",
      defaultValue = "3",
      description = "Items to print of a grouped webhook (default: ${DEFAULT-VALUE}).")
  private int maxItems;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      defaultValue = "data/listen/ca.pem",
      description =
          "File for the certificate of the CA (default: ${DEFAULT-VALUE}). The server's key is"
              + " written to the same folder. The next start uses both again.")
  private Path caFile = Path.of("");

  ListenCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (failureStatus < 300 || failureStatus > 599) {
      throw CommandException.usageError(
          "--status is the status code of failed attempts: give a number from 300 to 599.");
    }
    if (failedAttempts < 0 || maxItems < 0) {
      throw CommandException.usageError("--fail and --items can't be negative.");
    }
    Secret signingSecret = secret.optional();
    Forwarder forwarder = forwarder();
    Recording recording = recording();
    WebhookListener webhookListener = startListener();
    Runtime.getRuntime().addShutdownHook(new Thread(webhookListener::close));
    HandledWebhookPrinter printer =
        new HandledWebhookPrinter(
            terminal.out(), terminal.ansi(), InstantSource.system(), maxItems);
    WebhookHandler handler =
        new WebhookHandler(
            signingSecret,
            new FailureMode(failedAttempts, failureStatus, delay),
            recording,
            forwarder,
            printer::print);
    webhookListener.setHandler(WebhookListener.ANY_PATH, handler);
    terminal.println(
        "Listening on https://localhost:" + webhookListener.port() + "/ (Ctrl-C to stop).");
    terminal.println("Clients must trust " + caFile.toAbsolutePath().normalize());
    if (signingSecret == null) {
      terminal.println("Signatures are not verified: give the endpoint's secret with --secret.");
    }
    handleAgainOnRequest(handler);
    new CountDownLatch(1).await(); // until a signal ends the process
    return 0;
  }

  private @Nullable Forwarder forwarder() {
    if (forwardTo == null) {
      return null;
    }
    if (!"http".equals(forwardTo.getScheme()) && !"https".equals(forwardTo.getScheme())) {
      throw CommandException.usageError(
          "--forward-to takes a URL such as http://localhost:3000/hooks.");
    }
    if (!forwardAnywhere && !Forwarder.isLoopback(forwardTo)) {
      throw CommandException.usageError(
          "--forward-to leaves this machine, and webhooks have data of customers: choose a URL of"
              + " localhost, or add --forward-anywhere.");
    }
    return new Forwarder(forwardTo);
  }

  private Recording recording() {
    if (recordFile == null) {
      return Recording.inMemory();
    }
    try {
      return Recording.of(recordFile);
    } catch (IOException e) {
      throw CommandException.of("cannot record to " + recordFile + ": " + IoMessages.describe(e));
    }
  }

  /// Until the input ends.
  private void handleAgainOnRequest(WebhookHandler handler) throws InterruptedException {
    try (Scanner input = new Scanner(terminal.in(), StandardCharsets.UTF_8)) {
      while (input.hasNextLine()) {
        String line = input.nextLine().strip();
        if (!line.isEmpty() && !handleAgain(handler, line)) {
          terminal.println("There is no webhook of this number: the last 1,000 are kept.");
        }
      }
    }
  }

  private static boolean handleAgain(WebhookHandler handler, String number)
      throws InterruptedException {
    return number.matches("[0-9]{1,9}") && handler.handleAgain(Integer.parseInt(number));
  }

  private WebhookListener startListener() {
    ServerCertificate serverCertificate;
    try {
      serverCertificate =
          new CertificateFiles(caFile).loadOrCreate(InstantSource.system().instant());
    } catch (FileAlreadyExistsException e) {
      throw CommandException.of(
          e.getFile()
              + " exists and was not written by listen: choose another file with --ca-file.");
    } catch (IOException e) {
      throw CommandException.of(
          "cannot write the certificate to " + caFile + ": " + IoMessages.describe(e));
    }
    try {
      return WebhookListener.start(host, port, serverCertificate);
    } catch (IOException e) {
      throw CommandException.of(
          "cannot listen on "
              + host
              + ":"
              + port
              + " ("
              + e.getMessage()
              + "): choose another port with --port.");
    }
  }
}
