package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.ServiceEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Passes one running service, or its client, to the constructors of all test classes. Each test
/// uses companies of its own. Failed deliveries wait an hour for their retry.
public final class SharedApplicationExtension implements ParameterResolver {

  /// The service, closed after the last test.
  private record SharedApplication(Path folder, RunningApplication service)
      implements AutoCloseable {

    static SharedApplication start() {
      try {
        Path folder = Files.createTempDirectory("webhooks-tests");
        ServiceEnvironment environment =
            ServiceEnvironment.withEmbeddedDatabase(folder)
                .with("WEBHOOKS_RETRY_SCHEDULE", "1h")
                .with("WEBHOOKS_ALLOW_HTTP", "true")
                .with("WEBHOOKS_ALLOWED_NETWORKS", "127.0.0.0/8,::1/128");
        return new SharedApplication(folder, new RunningApplication(environment.variables()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      service.close();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
    Class<?> type = parameter.getParameter().getType();
    return type.equals(RunningApplication.class) || type.equals(ServiceClient.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext extension) {
    RunningApplication service =
        extension
            .getRoot()
            .getStore(Namespace.GLOBAL)
            .computeIfAbsent(
                SharedApplication.class, _ -> SharedApplication.start(), SharedApplication.class)
            .service();
    return parameter.getParameter().getType().equals(ServiceClient.class)
        ? service.client()
        : service;
  }
}
