package com.poolbrain.webhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {

  @Test
  void withoutACommandItShowsWhichThereAre() {
    Run run = Run.of();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("Commands:").contains("listen").contains("verify");
  }

  @Test
  void anUnknownCommandSuggestsTheNearest() {
    Run run = Run.of("lissten");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("lissten").contains("Did you mean: listen?");
  }

  @Test
  void theVersionIsThatOfTheBuild() {
    Run run = Run.of("--version");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).containsPattern("poolbrain-webhooks [0-9]+\\.[0-9]+\\.[0-9]+");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandExplainsItselfWithExamplesAndExitCodes(String command) {
    Run run = Run.of(command, "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Examples:", "webhooks " + command, "Exit codes:");
    assertThat(run.out()).isASCII().doesNotContain("<");
  }

  static Set<String> commands() {
    return WebhooksCommand.in(Terminal.ofProcess()).getSubcommands().keySet();
  }

  @Test
  void aDurationWithoutUnitIsRefusedWithTheRightForm() {
    Run run = Run.of("listen", "--delay", "3");

    assertThat(run.exitCode()).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(run.err()).contains("500ms, 2s or 5m");
  }
}
