package com.poolbrain.webhooks.cli.terminal;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Opens pages in the browser of the user, by the program that each system has for that.
public final class BrowserLauncher {

  private final List<String> command;

  private BrowserLauncher(List<String> command) {
    this.command = command;
  }

  /// The launcher of this system.
  public static BrowserLauncher ofSystem() {
    return new BrowserLauncher(commandOf(System.getProperty("os.name")));
  }

  /// The program that opens a URL, without the URL.
  static List<String> commandOf(String system) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("mac")) {
      return List.of("open");
    }
    return name.startsWith("windows")
        ? List.of("rundll32", "url.dll,FileProtocolHandler")
        : List.of("xdg-open");
  }

  /// Opens a page.
  ///
  /// @throws CommandException if this system has no such program
  public void open(String url) {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(command))
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD);
    builder.command().add(url);
    try {
      builder.start();
    } catch (IOException e) {
      throw CommandException.of(
          "no browser can be opened from here, because %s can't be started; open a printed link."
              .formatted(command.getFirst()));
    }
  }
}
