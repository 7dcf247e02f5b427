package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests one running service that all of them share, so that it is started once. Companies
/// are theirs: each test class uses numbers of its own.
public final class SharedApplicationExtension implements ParameterResolver {

  /// The service, closed when all tests have ended.
  private record SharedApplication(Path folder, RunningApplication service)
      implements AutoCloseable {

    static SharedApplication start() {
      try {
        Path folder = Files.createTempDirectory("webhooks-tests");
        return new SharedApplication(
            folder,
            new RunningApplication(
                folder,
                Map.of(
                    "WEBHOOKS_ADMIN_KEY",
                    RunningApplication.ADMIN_KEY,
                    "WEBHOOKS_EXTRA_CA",
                    HttpsReceiver.CA.pemFile().toString(),
                    "WEBHOOKS_ALLOWED_NETWORKS",
                    "127.0.0.0/8")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      service.close();
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure)
                throws IOException {
              Files.delete(directory);
              return FileVisitResult.CONTINUE;
            }
          });
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
    return parameter.getParameter().getType().equals(RunningApplication.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext extension) {
    return extension
        .getRoot()
        .getStore(Namespace.GLOBAL)
        .computeIfAbsent(
            SharedApplication.class, _ -> SharedApplication.start(), SharedApplication.class)
        .service();
  }
}
