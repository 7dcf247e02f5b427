package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.doctor.EndpointDoctor;
import com.poolbrain.webhooks.cli.doctor.Finding;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.cli.terminal.DurationConverter;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import com.poolbrain.webhooks.domain.address.AddressGuard;
import com.poolbrain.webhooks.management.url.EndpointUrlValidator;
import com.poolbrain.webhooks.server.TransportSettingsFactory;
import com.poolbrain.webhooks.server.settings.Settings;
import com.poolbrain.webhooks.server.settings.Settings.EgressSettings;
import com.poolbrain.webhooks.server.settings.SettingsException;
import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.transport.HttpTransport;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./webhooks doctor`: examines an endpoint step by step.
@Command(
    name = "doctor",
    sortOptions = false,
    description = {
      "Examines an endpoint from this machine, as the service would deliver to it: the URL, its"
          + " addresses and which of them are blocked, the connection, the certificate, and the"
          + " answer to one test request (webhook.ping). Each problem comes with advice.",
      "",
      "The request is signed with --secret; without it the endpoint should answer 401. Settings of"
          + " the service count, such as WEBHOOKS_ALLOWED_NETWORKS and WEBHOOKS_EXTRA_CA.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:a delivery would succeed", "1:it would fail", "2:invalid arguments"},
    footer = {
      "",
      "Examples:",
      "  webhooks doctor https://api.example.com/webhooks",
      "  webhooks doctor --secret-file secret.txt https://api.example.com/webhooks",
    })
final class DoctorCommand implements Callable<Integer> {

  @Mixin private final SecretOption secret = new SecretOption();
  private final Terminal terminal;
  private final Map<String, String> environment;

  @Parameters(paramLabel = "URL", description = "The URL of the endpoint.")
  private String url = "";

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description = "How long each step may take (default: ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ZERO;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A properties file with settings of the service.")
  private @Nullable Path config;

  DoctorCommand(Terminal terminal, Map<String, String> environment) {
    this.terminal = terminal;
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    Secret given = secret.optional();
    EgressSettings egress = readSettings();
    EndpointUrlValidator urlRules =
        new EndpointUrlValidator(
            new AddressGuard(egress.allowedNetworks(), egress.deniedNetworks()),
            egress.allowHttp());
    InstantSource clock = InstantSource.system();
    try (HttpTransport transport =
        new HttpTransport(TransportSettingsFactory.create(egress), clock)) {
      boolean isHealthy =
          new EndpointDoctor(urlRules, transport, timeout, clock, this::print)
              .examine(url, given == null ? Secret.generate(new SecureRandom()) : given);
      return isHealthy ? 0 : 1;
    }
  }

  private EgressSettings readSettings() {
    try {
      return Settings.read(environment, config).delivery().egress();
    } catch (SettingsException e) {
      throw CommandException.usageError(String.valueOf(e.getMessage()));
    }
  }

  private void print(Finding finding) {
    String level =
        switch (finding.level()) {
          case OK -> "@|green ok     |@";
          case WARNING -> "@|yellow warning|@";
          case FAILED -> "@|red failed |@";
        };
    String step = finding.step().name().toLowerCase(Locale.ROOT);
    terminal.println(
        "%-11s  %s  %s".formatted(step, terminal.ansi().string(level), finding.text()));
    if (finding.advice() != null) {
      terminal.println(" ".repeat(22) + finding.advice());
    }
  }
}
