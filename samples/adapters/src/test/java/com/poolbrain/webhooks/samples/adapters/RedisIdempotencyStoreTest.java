package com.poolbrain.webhooks.samples.adapters;

import static org.awaitility.Awaitility.await;

import com.poolbrain.webhooks.consumer.IdempotencyStore;
import com.poolbrain.webhooks.consumer.IdempotencyStoreContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/// With the program `redis-server`, which Debian has in the package redis-server.
@Tag("needs-programs")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisIdempotencyStoreTest implements IdempotencyStoreContract {

  private Process server;
  private RedisClient redis;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    int port = findFreePort();
    server =
        new ProcessBuilder(
                "redis-server",
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--save",
                "",
                "--dir",
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    redis = RedisClient.create("127.0.0.1", port);
    await().ignoreExceptions().until(() -> redis.ping().equals("PONG"));
  }

  @AfterAll
  void stop() throws InterruptedException {
    if (redis != null) {
      redis.close();
    }
    if (server != null) {
      server.destroy();
      server.waitFor();
    }
  }

  private static int findFreePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public IdempotencyStore store() {
    return new RedisIdempotencyStore(redis, Duration.ofDays(1));
  }
}
