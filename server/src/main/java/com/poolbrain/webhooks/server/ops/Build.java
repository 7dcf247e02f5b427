package com.poolbrain.webhooks.server.ops;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// Which build this is.
///
/// @param version of the product
/// @param java that it runs on
public record Build(String version, String java) {

  /// The build that is running.
  public static Build running() {
    var properties = new Properties();
    try (InputStream in = Build.class.getResourceAsStream("build.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Build(properties.getProperty("version"), Runtime.version().toString());
  }
}
