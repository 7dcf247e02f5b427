package com.poolbrain.webhooks.api.ops;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// Which build this is.
///
/// @param version of the product
/// @param java that it runs on
public record BuildInfo(String version, String java) {

  /// The build that is running.
  public static BuildInfo current() {
    var properties = new Properties();
    try (InputStream in = BuildInfo.class.getResourceAsStream("build.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new BuildInfo(properties.getProperty("version"), Runtime.version().toString());
  }
}
