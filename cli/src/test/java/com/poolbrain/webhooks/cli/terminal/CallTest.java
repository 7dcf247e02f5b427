package com.poolbrain.webhooks.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class CallTest {

  private final StringWriter err = new StringWriter();

  @Test
  void whatWasDoneEndsWithItsOwnCode() {
    assertThat(plain(() -> 7)).isEqualTo(7);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aFailureIsItsSentenceAndItsCode() {
    int exitCode =
        plain(() -> {
          throw Failure.usage("the port is taken: choose another.");
        });

    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("webhooks: the port is taken: choose another.");
  }

  @Test
  void anythingElseIsABugToBeReported() {
    int exitCode =
        plain(() -> {
          throw new AssertionError("never", new IllegalStateException("the cause"));
        });

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("webhooks: this is a bug. Please report it")
        .contains("AssertionError: never", "at " + CallTest.class.getName(), "the cause");
  }

  private int plain(IntSupplier command) {
    var terminal =
        new Terminal(
            InputStream.nullInputStream(),
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            Ansi.OFF);
    return Call.plain(command, () -> terminal);
  }
}
