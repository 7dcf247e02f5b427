package com.poolbrain.webhooks.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedConnection;
import com.poolbrain.webhooks.testkit.service.AuditCounts;
import com.poolbrain.webhooks.testkit.service.AuditedEndpoint;
import com.poolbrain.webhooks.testkit.service.AuditedWebhook;
import com.poolbrain.webhooks.testkit.service.DeliveryAudit;
import com.poolbrain.webhooks.testkit.service.RetryingPublishers;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestReporter;

/// What a fault must not disturb: two companies whose events are published until they are accepted,
/// their consumer, and the books of both sides.
///
/// ```java
/// try (Traffic traffic = Traffic.through(house::url)) {
///   traffic.publish(600);
///   traffic.awaitArrivals(100);
///   …                                    // something is killed and comes back
///   traffic.assertThatNothingIsLost(0, report);
/// }
/// ```
public final class Traffic implements AutoCloseable {

  private static final int COMPANIES = 2;

  /// So many that wait are enough to keep all publishers busy.
  private static final int MIN_PENDING_EVENTS = 100;

  private static final int REFILL_EVENTS = 20;

  private final TestConsumer consumer;
  private final List<TestEndpoint> endpoints;
  private final DeliveryAudit audit;
  private final RetryingPublishers retryingPublishers;

  private Traffic(ApiClient api, Supplier<@Nullable URI> serviceUrl) {
    CompletableFuture<DeliveryAudit> auditFuture = new CompletableFuture<>();
    consumer = TestConsumer.scripted(connection -> handleWebhooks(connection, auditFuture));
    endpoints = Stream.generate(() -> subscribe(api)).limit(COMPANIES).toList();
    audit =
        new DeliveryAudit(
            endpoints.stream()
                .map(endpoint -> new AuditedEndpoint(endpoint.company().id(), endpoint.secret()))
                .toList());
    auditFuture.complete(audit);
    retryingPublishers = new RetryingPublishers(audit, serviceUrl, ServiceEnvironment.ADMIN_KEY);
  }

  /// Nothing yet: the companies are set up through this API.
  ///
  /// @param serviceUrl where it is published to; null while that is nowhere
  public static Traffic against(ApiClient api, Supplier<@Nullable URI> serviceUrl) {
    return new Traffic(api, serviceUrl);
  }

  /// The same for a service in this process.
  public static Traffic against(RunningService service) {
    return new Traffic(service.api(), service::url);
  }

  private TestEndpoint subscribe(ApiClient api) {
    TestCompany company = TestCompany.create(api);
    return company.subscribe(consumer.server().url("/" + company.id()), "customer.created");
  }

  private static void handleWebhooks(
      ScriptedConnection connection, CompletableFuture<DeliveryAudit> auditFuture)
      throws IOException {
    while (true) {
      ReceivedRequest request = connection.readRequest();
      ReceivedWebhook webhook = new ReceivedWebhook(request);
      long company = Long.parseLong(request.requestLine().replaceAll("\\D*(\\d+) .*", "$1"));
      auditFuture
          .join()
          .recordArrival(
              new AuditedWebhook(
                  company,
                  webhook.header("X-Webhook-Signature"),
                  webhook.eventId(),
                  request.body()),
              true);
      connection.respond(200, "thank you");
    }
  }

  /// Has so many more events published.
  public void publish(int events) {
    retryingPublishers.publish(events);
  }

  /// Has some more events published if publishers are about to run out of them. Whatever is to
  /// happen while they publish may come late.
  public void keepPublishing() {
    if (retryingPublishers.remaining() < MIN_PENDING_EVENTS) {
      publish(REFILL_EVENTS);
    }
  }

  /// The books of both sides.
  public DeliveryAudit audit() {
    return audit;
  }

  /// Who publishes.
  public RetryingPublishers publishers() {
    return retryingPublishers;
  }

  /// Waits until so many webhooks have arrived in all.
  public void awaitArrivals(int webhooks) {
    Await.until(webhooks + " have arrived", audit::arrivalCount, count -> count >= webhooks);
  }

  /// Waits until so many publishes were refused with a 503 that says when to come again, and has
  /// more published until then: all of those before may have been accepted by now.
  public void awaitRefusals(int refusals) {
    awaitRefusals(refusals, () -> {});
  }

  /// The same of a fault that passes by itself.
  ///
  /// @param repeatFault makes it again; is called again and again
  public void awaitRefusals(int refusals, Runnable repeatFault) {
    Await.until(
        "publishers are refused",
        () -> repeatFaultAndCountRefusals(repeatFault),
        size -> size >= refusals);
    assertThat(retryingPublishers.rejections())
        .allSatisfy(rejection -> {
          assertThat(Integer.parseInt(rejection.retryAfter())).isPositive();
          assertThat(rejection.body()).contains("\"detail\"");
        });
  }

  private int repeatFaultAndCountRefusals(Runnable repeatFault) {
    repeatFault.run();
    keepPublishing();
    return retryingPublishers.rejections().size();
  }

  /// Waits until everything is published and delivered; then nothing is lost, and nothing is other
  /// than it was published.
  ///
  /// @param maxDuplicates webhooks that may have been sent and not be on record at the faults
  public void assertThatNothingIsLost(int maxDuplicates, TestReporter report) {
    Await.until("everything is accepted", retryingPublishers::remaining, left -> left == 0);
    Await.until("everything arrives", () -> audit.counts().lost(), lost -> lost == 0);
    AuditCounts auditCounts = audit.counts();
    report.publishEntry("count", auditCounts.toString());
    report.publishEntry(
        "publishers",
        "refused %d times, of these %d in doubt; %d times unanswered"
            .formatted(
                retryingPublishers.rejections().size(),
                retryingPublishers.rejections().stream()
                    .filter(RetryingPublishers.Rejection::isCommitUnknown)
                    .count(),
                retryingPublishers.unansweredCount()));
    assertThat(audit.mismatches()).isEmpty();
    assertThat(retryingPublishers.unexpectedAnswers()).isEmpty();
    assertThat(auditCounts.duplicates()).isLessThanOrEqualTo(maxDuplicates);
  }

  /// Waits until the service itself says that all it accepted is delivered.
  public void assertThatAllIsRecorded(ApiClient api) {
    for (TestEndpoint endpoint : endpoints) {
      TestCompany company = endpoint.company().withApi(api);
      for (String status :
          List.of("pending", "delivering", "retrying", "permanently_failed", "skipped")) {
        String list = "%s/deliveries?limit=1&status=%s".formatted(company.path(), status);
        ApiResponse response =
            Await.until(
                "nothing is " + status, () -> company.api().get(list), Traffic::isEmptyPage);
        response.expect(200);
      }
    }
  }

  /// A 503 says nothing yet: the service may still meet connections that a fault has cut.
  private static boolean isEmptyPage(ApiResponse response) {
    return response.status() != 503 && response.json().path("data").isEmpty();
  }

  @Override
  public void close() {
    retryingPublishers.close();
    consumer.close();
  }
}
