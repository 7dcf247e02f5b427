package com.poolbrain.webhooks.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The processes that work in a folder, as all parts of a PostgreSQL do in its data directory.
final class FolderProcesses {

  private FolderProcesses() {}

  static List<ProcessHandle> find(Path folder) {
    return ProcessHandle.allProcesses()
        .filter(process -> hasWorkingDirectory(folder, process))
        .toList();
  }

  private static boolean hasWorkingDirectory(Path folder, ProcessHandle process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd")).equals(folder);
    } catch (IOException e) {
      return false; // ended meanwhile, or of a user whose processes can't be ours
    }
  }
}
