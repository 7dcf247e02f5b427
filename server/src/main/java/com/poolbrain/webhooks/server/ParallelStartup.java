package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.engine.runtime.CloseStack;
import com.poolbrain.webhooks.events.EventCatalogue;
import com.poolbrain.webhooks.http.HttpService;
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

/// What needs no database, and is made while that is opened.
record ParallelStartup(
    CompletableFuture<HttpTransport> transport,
    CompletableFuture<Metrics> metrics,
    CompletableFuture<EventCatalogue> catalogue,
    CompletableFuture<Vertx> vertx) {

  /// On threads of the platform: these load many classes, and a virtual thread that does so keeps
  /// its carrier.
  static ParallelStartup start(
      Settings.EgressSettings egressSettings, InstantSource clock, CloseStack closeStack) {
    ThreadFactory threads = Thread.ofPlatform().daemon().name("webhooks-start-", 0).factory();
    Executor executor = task -> threads.newThread(task).start();
    return new ParallelStartup(
        CompletableFuture.supplyAsync(
            () ->
                closeStack.keep(
                    new HttpTransport(TransportSettingsFactory.create(egressSettings), clock)),
            executor),
        CompletableFuture.supplyAsync(() -> closeStack.keep(new Metrics()), executor),
        CompletableFuture.supplyAsync(EventCatalogue::builtIn, executor),
        CompletableFuture.supplyAsync(() -> vertx(closeStack), executor));
  }

  private static Vertx vertx(CloseStack closeStack) {
    // No files are served, so that it need not make a folder for copies of them.
    var fileSystemOptions =
        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setFileSystemOptions(fileSystemOptions)
                .setEventLoopPoolSize(HttpService.eventLoopCount()));
    closeStack.keep(() -> vertx.close().await());
    return vertx;
  }
}
