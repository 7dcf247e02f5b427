package com.poolbrain.webhooks.cli.rehearsal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Collections.nCopies;
import static java.util.concurrent.Executors.callable;

import com.poolbrain.webhooks.cli.api.Api;
import com.poolbrain.webhooks.cli.listen.Arrival;
import com.poolbrain.webhooks.cli.listen.Identity;
import com.poolbrain.webhooks.cli.listen.IdentityFiles;
import com.poolbrain.webhooks.cli.listen.Inbox;
import com.poolbrain.webhooks.cli.listen.Listener;
import com.poolbrain.webhooks.cli.listen.Misbehaviour;
import com.poolbrain.webhooks.cli.terminal.Failure;
import com.poolbrain.webhooks.cli.terminal.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a service gets to do in its first minutes, in some seconds: single events and batches, and
/// deliveries to an endpoint that takes them, one that refuses each at first, and one that cuts the
/// connection.
///
/// A process of its own. It makes an authority, says that it listens, and reads from standard input
/// where the service is.
final class Traffic {

  /// The variable with the operator's key.
  static final String KEY = "REHEARSAL_KEY";

  /// What it says once the authority's file is there.
  static final String LISTENING = "Listening";

  private static final long COMPANY = 40;
  private static final int PUBLISHERS = 16;
  private static final int SINGLES = 500;
  private static final int BATCHES = 6;
  private static final int BATCH = 100;

  /// Of each so many single events one is for an endpoint that misbehaves.
  private static final int MISBEHAVED = 5;

  private static final long PATIENCE_SECONDS = 120;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Api api;
  private final CountDownLatch expected =
      new CountDownLatch(PUBLISHERS * (SINGLES - SINGLES / MISBEHAVED + BATCHES * BATCH));

  private final AtomicInteger refusing = new AtomicInteger();

  private Traffic(Api api) {
    this.api = api;
  }

  /// Does all of it, and ends with 1 and the reason on standard error if that is not possible.
  ///
  /// @param args the file of the authority that the service is to trust
  public static void main(String[] args) throws InterruptedException {
    try {
      run(Path.of(args[0]));
    } catch (Failure e) {
      System.err.println("The rehearsal broke off: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void run(Path authority) throws InterruptedException {
    try {
      Identity identity = new IdentityFiles(authority).loadOrMake(Instant.now());
      try (Listener listener = Listener.start("127.0.0.1", 0, identity);
          Cutter cutter = Cutter.start(identity);
          Api api = new Api(service(), System.getenv(KEY))) {
        new Traffic(api).flow(listener, cutter);
      }
    } catch (IOException e) {
      throw Failure.of(authority + ": " + Reason.of(e));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("An identity that was just made is one.", e);
    }
  }

  private static URI service() throws IOException {
    System.out.println(LISTENING);
    var in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    String url = in.readLine();
    if (url == null) {
      throw Failure.of("the service did not start.");
    }
    Thread.ofVirtual().start(() -> endWith(in));
    return URI.create(url);
  }

  /// Without a service nothing is left to do.
  private static void endWith(BufferedReader in) {
    try {
      in.transferTo(Writer.nullWriter());
    } catch (IOException e) {
      System.err.println("The rehearsal broke off: " + e.getMessage());
    }
    System.exit(1);
  }

  private void flow(Listener listener, Cutter cutter) throws InterruptedException {
    listener.put("/good", new Inbox(null, Misbehaviour.NONE, this::arrived));
    listener.put(
        "/refusing", new Inbox(null, Misbehaviour.failing(1), _ -> refusing.incrementAndGet()));
    api.put("/companies/" + COMPANY, JSON.createObjectNode().put("name", "Rehearsal"));
    api.patch("/companies/" + COMPANY, JSON.createObjectNode().put("webhooks_enabled", true));
    subscribe("customer.created", listener.port(), "/good");
    subscribe("customer.status.updated", listener.port(), "/refusing");
    subscribe("job.one_time.created", cutter.port(), "/");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var publisher : threads.invokeAll(nCopies(PUBLISHERS, callable(this::publish)))) {
        publisher.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Failure why ? why : new IllegalStateException(e);
    }
    if (!expected.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw Failure.of(expected.getCount() + " events did not arrive.");
    }
    if (refusing.get() == 0 || cutter.cuts() == 0) {
      throw Failure.of("nothing came to an endpoint that misbehaves.");
    }
  }

  private void arrived(Arrival arrival) {
    if (arrival.verdict() == Arrival.Verdict.PROCESSED) {
      expected.countDown();
    }
  }

  private void subscribe(String event, int port, String path) {
    ObjectNode endpoint = JSON.createObjectNode();
    endpoint.put("url", "https://localhost:" + port + path);
    endpoint.putArray("events").add(event);
    api.post("/companies/" + COMPANY + "/endpoints", endpoint);
  }

  private void publish() {
    for (int i = 0; i < SINGLES; i++) {
      api.post("/events", i % MISBEHAVED == 0 ? misbehaved(i) : customer(i));
    }
    for (int i = 0; i < BATCHES; i++) {
      ArrayNode batch = JSON.createArrayNode();
      for (int j = 0; j < BATCH; j++) {
        batch.add(customer(j));
      }
      api.post("/events", batch);
    }
  }

  private static JsonNode customer(int number) {
    return event("customer.created", "{\"customerId\":%d,\"displayName\":\"Ann\"}", number);
  }

  private static JsonNode misbehaved(int number) {
    return number % (2 * MISBEHAVED) == 0
        ? event("job.one_time.created", "{\"jobNumber\":\"%d\"}", number)
        : event(
            "customer.status.updated",
            "{\"customerId\":%d,\"displayName\":\"Ann\",\"currentStatus\":\"active\"}",
            number);
  }

  private static JsonNode event(String name, String data, int number) {
    ObjectNode event = JSON.createObjectNode();
    event.put("company_id", COMPANY).put("event", name);
    return event.set("data", JSON.readTree(data.formatted(number)));
  }
}
