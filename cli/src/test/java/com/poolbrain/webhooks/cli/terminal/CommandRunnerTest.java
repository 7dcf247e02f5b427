package com.poolbrain.webhooks.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class CommandRunnerTest {

  private final StringWriter err = new StringWriter();

  @Test
  void successful_command_returns_its_own_exit_code() {
    assertThat(run(() -> 7)).isEqualTo(7);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void command_exception_prints_its_message_and_returns_its_exit_code() {
    int exitCode =
        run(() -> {
          throw CommandException.usageError("the port is taken: choose another.");
        });

    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("webhooks: the port is taken: choose another.");
  }

  @Test
  void unexpected_exception_is_printed_as_a_bug_with_stack_trace() {
    int exitCode =
        run(() -> {
          throw new AssertionError("never", new IllegalStateException("the cause"));
        });

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("webhooks: this is a bug. Please report it")
        .contains("AssertionError: never", "at " + CommandRunnerTest.class.getName(), "the cause");
  }

  private int run(IntSupplier command) {
    var terminal =
        new Terminal(
            InputStream.nullInputStream(),
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            Ansi.OFF);
    return CommandRunner.runWithoutArguments(command, () -> terminal);
  }
}
