package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.events.Catalogue;
import com.poolbrain.webhooks.server.http.HttpService;
import com.poolbrain.webhooks.server.ops.Metrics;
import com.poolbrain.webhooks.server.settings.Settings;
import com.poolbrain.webhooks.transport.HttpTransport;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/// What needs no database, and is made while that is opened.
record Meanwhile(
    CompletableFuture<HttpTransport> transport,
    CompletableFuture<Metrics> metrics,
    CompletableFuture<Catalogue> catalogue,
    CompletableFuture<Vertx> vertx) {

  /// On threads of the platform: these load many classes, and a virtual thread that does so keeps
  /// its carrier.
  static Meanwhile begin(Settings.Egress egress, InstantSource clock, Parts parts) {
    ThreadFactory threads = Thread.ofPlatform().daemon().name("webhooks-start-", 0).factory();
    Executor executor = task -> threads.newThread(task).start();
    return new Meanwhile(
        CompletableFuture.supplyAsync(
            () -> parts.keep(new HttpTransport(Egress.transport(egress), clock)), executor),
        CompletableFuture.supplyAsync(() -> parts.keep(new Metrics()), executor),
        CompletableFuture.supplyAsync(Catalogue::released, executor),
        CompletableFuture.supplyAsync(() -> vertx(parts), executor));
  }

  private static Vertx vertx(Parts parts) {
    // No files are served, so that it need not make a folder for copies of them.
    var noFiles =
        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setFileSystemOptions(noFiles)
                .setEventLoopPoolSize(HttpService.loops()));
    parts.keep(() -> vertx.close().await());
    return vertx;
  }
}
