package com.poolbrain.webhooks.cli.aot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Collections.nCopies;
import static java.util.concurrent.Executors.callable;

import com.poolbrain.webhooks.cli.api.ApiClient;
import com.poolbrain.webhooks.cli.api.CompanySetup;
import com.poolbrain.webhooks.cli.listen.CertificateFiles;
import com.poolbrain.webhooks.cli.listen.FailureMode;
import com.poolbrain.webhooks.cli.listen.HandledWebhook;
import com.poolbrain.webhooks.cli.listen.ServerCertificate;
import com.poolbrain.webhooks.cli.listen.WebhookHandler;
import com.poolbrain.webhooks.cli.listen.WebhookListener;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.cli.terminal.IoMessages;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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

/// Load of the training run: publishes single events and batches. Deliveries go to an endpoint that
/// accepts them, one that fails each first attempt, and one that resets connections.
///
/// Runs as a separate process. It writes its CA certificate, prints [#LISTENING], and reads the URL
/// of the service from standard input.
final class TrainingLoad {

  /// Environment variable with the operator key.
  static final String KEY_VARIABLE = "AOT_TRAINING_KEY";

  /// Printed when the file with the CA certificate is written.
  static final String LISTENING = "Listening";

  private static final long COMPANY_ID = 40;
  private static final int PUBLISHERS = 16;
  private static final int SINGLE_EVENTS = 500;
  private static final int BATCHES = 6;
  private static final int BATCH_SIZE = 100;

  /// Every n-th single event goes to a failing endpoint.
  private static final int FAILING_EVENT_INTERVAL = 5;

  private static final long TIMEOUT_SECONDS = 120;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final ApiClient apiClient;
  private final CountDownLatch pendingEvents =
      new CountDownLatch(
          PUBLISHERS
              * (SINGLE_EVENTS - SINGLE_EVENTS / FAILING_EVENT_INTERVAL + BATCHES * BATCH_SIZE));

  private final AtomicInteger failedRequests = new AtomicInteger();

  private TrainingLoad(ApiClient apiClient) {
    this.apiClient = apiClient;
  }

  /// Runs the load. Exits with 1 and the reason on standard error if it fails.
  ///
  /// @param args the file for the CA certificate that the service must trust
  public static void main(String[] args) throws InterruptedException {
    try {
      run(Path.of(args[0]));
    } catch (CommandException e) {
      System.err.println("AOT training run failed: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void run(Path caFile) throws InterruptedException {
    try {
      ServerCertificate serverCertificate =
          new CertificateFiles(caFile).loadOrCreate(Instant.now());
      try (WebhookListener listener = WebhookListener.start("127.0.0.1", 0, serverCertificate);
          ResettingServer resettingServer = ResettingServer.start(serverCertificate);
          ApiClient apiClient = new ApiClient(awaitServiceUrl(), System.getenv(KEY_VARIABLE))) {
        new TrainingLoad(apiClient).generate(listener, resettingServer);
      }
    } catch (IOException e) {
      throw CommandException.of(caFile + ": " + IoMessages.describe(e));
    }
  }

  private static URI awaitServiceUrl() throws IOException {
    System.out.println(LISTENING);
    var in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    String url = in.readLine();
    if (url == null) {
      throw CommandException.of("the service did not start.");
    }
    Thread.ofVirtual().start(() -> exitWhenClosed(in));
    return URI.create(url);
  }

  /// Exits when the training run closes standard input, which means that the service has ended.
  private static void exitWhenClosed(BufferedReader in) {
    try {
      in.transferTo(Writer.nullWriter());
    } catch (IOException e) {
      System.err.println("AOT training run failed: " + e.getMessage());
    }
    System.exit(1);
  }

  private void generate(WebhookListener listener, ResettingServer resettingServer)
      throws InterruptedException {
    listener.setHandler("/good", new WebhookHandler(null, FailureMode.NONE, this::onHandled));
    listener.setHandler(
        "/failing",
        new WebhookHandler(null, FailureMode.failFirst(1), _ -> failedRequests.incrementAndGet()));
    var companySetup = new CompanySetup(apiClient, COMPANY_ID);
    companySetup.createCompany("AOT training");
    String listenerUrl = "https://localhost:" + listener.port();
    companySetup.createEndpoint(listenerUrl + "/good", List.of("customer.created"));
    companySetup.createEndpoint(listenerUrl + "/failing", List.of("customer.status.updated"));
    companySetup.createEndpoint(
        "https://localhost:" + resettingServer.port() + "/", List.of("job.one_time.created"));
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var publisher : executor.invokeAll(nCopies(PUBLISHERS, callable(this::publishAll)))) {
        publisher.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof CommandException failure
          ? failure
          : new IllegalStateException(e);
    }
    if (!pendingEvents.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      throw CommandException.of(pendingEvents.getCount() + " events did not arrive.");
    }
    if (failedRequests.get() == 0 || resettingServer.resetCount() == 0) {
      throw CommandException.of("a failing endpoint received no request.");
    }
  }

  private void onHandled(HandledWebhook webhook) {
    if (webhook.disposition() == HandledWebhook.Disposition.PROCESSED) {
      pendingEvents.countDown();
    }
  }

  private void publishAll() {
    for (int i = 0; i < SINGLE_EVENTS; i++) {
      apiClient.post(
          "/events", i % FAILING_EVENT_INTERVAL == 0 ? failingEndpointEvent(i) : customerEvent(i));
    }
    for (int i = 0; i < BATCHES; i++) {
      ArrayNode batch = JSON.createArrayNode();
      for (int j = 0; j < BATCH_SIZE; j++) {
        batch.add(customerEvent(j));
      }
      apiClient.post("/events", batch);
    }
  }

  private static JsonNode customerEvent(int number) {
    return event("customer.created", "{\"customerId\":%d,\"displayName\":\"Ann\"}", number);
  }

  private static JsonNode failingEndpointEvent(int number) {
    return number % (2 * FAILING_EVENT_INTERVAL) == 0
        ? event("job.one_time.created", "{\"jobNumber\":\"%d\"}", number)
        : event(
            "customer.status.updated",
            "{\"customerId\":%d,\"displayName\":\"Ann\",\"currentStatus\":\"active\"}",
            number);
  }

  private static JsonNode event(String name, String data, int number) {
    ObjectNode event = JSON.createObjectNode();
    event.put("company_id", COMPANY_ID).put("event", name);
    return event.set("data", JSON.readTree(data.formatted(number)));
  }
}
