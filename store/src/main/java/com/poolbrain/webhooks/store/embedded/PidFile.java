package com.poolbrain.webhooks.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/// The file `postmaster.pid`, in which a server writes its process id and its status.
record PidFile(Path data) {

  private static final int STATUS_LINE = 7;

  Path path() {
    return data.resolve("postmaster.pid");
  }

  boolean isServerReady() throws IOException {
    List<String> lines = lines();
    return lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
  }

  OptionalLong pid() throws IOException {
    List<String> lines = lines();
    return lines.isEmpty() || !lines.getFirst().matches("\\d+")
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(lines.getFirst()));
  }

  private List<String> lines() throws IOException {
    try {
      return Files.readAllLines(path());
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
