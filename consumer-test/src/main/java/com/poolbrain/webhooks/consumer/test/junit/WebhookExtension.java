package com.poolbrain.webhooks.consumer.test.junit;

import com.poolbrain.webhooks.consumer.WebhookReceiver;
import com.poolbrain.webhooks.consumer.httpserver.WebhookHttpHandler;
import com.poolbrain.webhooks.consumer.test.FakeSender;
import com.poolbrain.webhooks.consumer.test.Sample;
import com.poolbrain.webhooks.consumer.test.TestWebhook;
import com.poolbrain.webhooks.consumer.test.WebhookTestKit;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// JUnit extension that sends webhooks to the consumer under test, over real HTTP, and repeats what
/// fails by the schedule of the service on a virtual clock. Needs `junit-jupiter-api`.
///
/// ```java
/// @RegisterExtension
/// final WebhookExtension webhooks =
///     WebhookExtension.withSecret("whsec_for_tests").serving(() -> receiver);
///
/// @Test
/// void import_reaches_the_crm() throws Exception {
///   assertTrue(webhooks.deliver(Samples.customersImported()).get(0).isAcknowledged());
/// }
/// ```
@SuppressWarnings("exports") // who uses it has the module of JUnit; others need not
public final class WebhookExtension implements BeforeEachCallback, AfterEachCallback {

  private static final Instant START = Instant.parse("2026-02-13T06:42:25Z");

  private final WebhookTestKit kit;
  private final VirtualClock clock = new VirtualClock(START);
  private @Nullable Supplier<WebhookReceiver> receiver;
  private @Nullable Supplier<URI> endpoint;
  private @Nullable HttpServer server;
  private @Nullable ExecutorService threads;
  private @Nullable FakeSender sender;

  private WebhookExtension(WebhookTestKit kit) {
    this.kit = kit;
  }

  /// An extension that signs with this secret, which the consumer under test must have too.
  ///
  /// @throws IllegalArgumentException if it can't be a secret
  public static WebhookExtension withSecret(String secret) {
    return new WebhookExtension(WebhookTestKit.secret(secret));
  }

  /// Sends to a server that runs in each test with this receiver.
  ///
  /// @param receiverOfTest called before each test, after the fields of the test are there
  public WebhookExtension serving(Supplier<WebhookReceiver> receiverOfTest) {
    receiver = receiverOfTest;
    return this;
  }

  /// Sends to a server that the test starts.
  ///
  /// @param url called at the first webhook of each test
  public WebhookExtension sendingTo(Supplier<URI> url) {
    endpoint = url;
    return this;
  }

  /// Makes webhooks that [#send] and [#deliver] take.
  public WebhookTestKit kit() {
    return kit;
  }

  /// The clock that moves by 5, 10 and 30 minutes while a delivery is repeated. Give it to the
  /// builder of the receiver.
  public VirtualClock clock() {
    return clock;
  }

  /// Delivers a new webhook: sends it until it is acknowledged, at most four times.
  public List<FakeSender.Attempt> deliver(Sample sample) throws InterruptedException {
    return deliver(kit.signed(sample));
  }

  /// Delivers a webhook: sends it until it is acknowledged, at most four times.
  public List<FakeSender.Attempt> deliver(TestWebhook webhook) throws InterruptedException {
    return sender().deliver(webhook);
  }

  /// Sends a webhook once, as it is.
  public FakeSender.Attempt send(TestWebhook webhook) throws InterruptedException {
    return sender().send(webhook);
  }

  /// Called by JUnit.
  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    Supplier<WebhookReceiver> receiverOfTest = receiver;
    if (receiverOfTest != null) {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", new WebhookHttpHandler(receiverOfTest.get()));
      threads = Executors.newCachedThreadPool();
      server.setExecutor(threads);
      server.start();
      int port = server.getAddress().getPort();
      endpoint = () -> URI.create("http://localhost:" + port + "/webhooks");
    }
  }

  /// Called by JUnit.
  @Override
  public void afterEach(ExtensionContext context) {
    sender = null;
    if (server != null) {
      server.stop(0);
      server = null;
    }
    if (threads != null) {
      threads.shutdownNow();
      threads = null;
    }
  }

  private FakeSender sender() {
    FakeSender current = sender;
    if (current == null) {
      if (endpoint == null) {
        throw new IllegalStateException(
            "The extension does not know the consumer; tell it with serving(…) or sendingTo(…).");
      }
      current = new FakeSender(endpoint.get(), clock::advance);
      sender = current;
    }
    return current;
  }
}
