package com.poolbrain.webhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/// Usage, help and argument errors of all commands.
class HelpTest {

  @Test
  void no_command_prints_the_list_of_commands() {
    ProcessResult result = ProcessResult.run();

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("Commands:").contains("listen").contains("verify");
  }

  @Test
  void unknown_command_suggests_the_nearest_name() {
    ProcessResult result = ProcessResult.run("lissten");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("lissten").contains("Did you mean: listen");
  }

  @Test
  void version_option_prints_the_build_version() {
    ProcessResult result = ProcessResult.run("--version");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).containsPattern("poolbrain-webhooks [0-9]+\\.[0-9]+\\.[0-9]+");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void every_command_has_help_with_examples_and_exit_codes(String command) {
    ProcessResult result = ProcessResult.run(command, "--help");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("Examples:", "webhooks " + command, "Exit codes:");
    assertThat(result.out()).isASCII().doesNotContain("<");
  }

  static Set<String> commands() {
    return WebhooksCommand.create(Terminal.ofSystem()).getSubcommands().keySet();
  }

  @Test
  void demo_that_ends_at_once_opens_no_browser() {
    ProcessResult result = ProcessResult.run("demo", "--once", "--open");

    assertThat(result.exitCode()).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(result.err()).contains("--once", "--open", "leave one out");
  }

  @Test
  void port_above_65535_is_rejected() {
    for (String command : new String[] {"listen", "demo"}) {
      ProcessResult result = ProcessResult.run(command, "--port", "65536");

      assertThat(result.exitCode()).isEqualTo(CommandLine.ExitCode.USAGE);
      assertThat(result.err()).contains("--port").contains("from 0 to 65535");
    }
  }

  @Test
  void duration_without_unit_is_rejected_with_valid_examples() {
    ProcessResult result = ProcessResult.run("listen", "--delay", "3");

    assertThat(result.exitCode()).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(result.err()).contains("500ms, 2s or 5m");
  }

  @Test
  void forwarding_to_another_machine_needs_a_word() {
    ProcessResult result = ProcessResult.run("listen", "--forward-to", "https://api.example.com/");

    assertThat(result.exitCode()).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(result.err()).contains("--forward-anywhere");
  }

  @Test
  void completion_script_names_every_command() {
    ProcessResult result = ProcessResult.run("completion");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("complete -F").contains(commands());
  }
}
