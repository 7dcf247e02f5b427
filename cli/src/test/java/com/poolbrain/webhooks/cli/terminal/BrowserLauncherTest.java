package com.poolbrain.webhooks.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrowserLauncherTest {

  @ParameterizedTest
  @CsvSource({"Linux, xdg-open", "FreeBSD, xdg-open", "Mac OS X, open", "Windows 11, rundll32"})
  void each_system_has_its_program(String system, String program) {
    assertThat(BrowserLauncher.commandOf(system)).first().isEqualTo(program);
  }
}
