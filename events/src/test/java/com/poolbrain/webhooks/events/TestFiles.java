package com.poolbrain.webhooks.events;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// Files of the test resources.
final class TestFiles {

  private TestFiles() {}

  static String read(String path) throws IOException {
    try (InputStream file =
        requireNonNull(TestFiles.class.getResourceAsStream(path), path + " is missing")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
