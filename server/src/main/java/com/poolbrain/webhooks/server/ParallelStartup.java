package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.engine.runtime.CloseStack;
import com.poolbrain.webhooks.http.HttpService;
import com.poolbrain.webhooks.management.eventtype.EventTypeRegistry;
import com.poolbrain.webhooks.server.settings.Settings;
import com.poolbrain.webhooks.server.telemetry.Metrics;
import com.poolbrain.webhooks.transport.HttpTransport;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/// Parts that need no database. They are created while the database is opened.
record ParallelStartup(
    CompletableFuture<HttpTransport> transport,
    CompletableFuture<Metrics> metrics,
    CompletableFuture<EventTypeRegistry> eventTypes,
    CompletableFuture<Vertx> vertx) {

  /// Uses platform threads: these tasks load many classes, and class loading pins a virtual thread
  /// to its carrier.
  static ParallelStartup start(
      Settings.EgressSettings egress, InstantSource clock, CloseStack closeStack) {
    TransportSettingsFactory.warnOfDevelopmentSettings(egress);
    ThreadFactory threads = Thread.ofPlatform().daemon().name("webhooks-start-", 0).factory();
    Executor executor = task -> threads.newThread(task).start();
    return new ParallelStartup(
        CompletableFuture.supplyAsync(
            () ->
                closeStack.keep(new HttpTransport(TransportSettingsFactory.create(egress), clock)),
            executor),
        CompletableFuture.supplyAsync(() -> closeStack.keep(new Metrics()), executor),
        CompletableFuture.supplyAsync(EventTypeRegistry::builtIn, executor),
        CompletableFuture.supplyAsync(() -> createVertx(closeStack), executor));
  }

  private static Vertx createVertx(CloseStack closeStack) {
    // The service serves no files. With these options Vert.x creates no cache directory for them.
    var files =
        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setFileSystemOptions(files)
                .setEventLoopPoolSize(HttpService.eventLoopCount()));
    closeStack.keep(() -> vertx.close().await());
    return vertx;
  }
}
