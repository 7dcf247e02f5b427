package com.poolbrain.webhooks.cli.demo;

import com.poolbrain.webhooks.cli.terminal.Failure;
import com.poolbrain.webhooks.cli.terminal.Reason;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// A temporary folder that is removed in the end, with all that is in it.
final class Folder implements AutoCloseable {

  private final Path path;

  private Folder(Path path) {
    this.path = path;
  }

  static Folder make() {
    try {
      return new Folder(Files.createTempDirectory("webhooks-demo-"));
    } catch (IOException e) {
      throw Failure.of("cannot make a temporary folder: " + Reason.of(e));
    }
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  @Override
  public void close() {
    if (!Files.exists(path)) {
      return;
    }
    try {
      Files.walkFileTree(path, new Removal());
    } catch (IOException e) {
      throw Failure.of("cannot remove " + path + ": " + Reason.of(e) + " Remove it by hand.");
    }
  }

  private static final class Removal extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
        throws IOException {
      if (e != null) {
        throw e;
      }
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
