package com.poolbrain.webhooks.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.testkit.service.AuditCounts;
import com.poolbrain.webhooks.testkit.service.AuditedEndpoint;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.DeliveryAudit;
import com.poolbrain.webhooks.testkit.service.RecordingEndpoint;
import com.poolbrain.webhooks.testkit.service.RetryingPublishers;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.ServiceEnvironment;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestReporter;

/// Audited load of a fault test: two companies whose events are published until they are accepted,
/// and their endpoint.
///
/// ```java
/// try (Traffic traffic = Traffic.against(service)) {
///   traffic.publish(600);
///   traffic.awaitArrivals(100);
///   …                                    // a fault, and its end
///   traffic.assertThatNothingIsLost(0, report);
/// }
/// ```
public final class Traffic implements AutoCloseable {

  private static final int COMPANIES = 2;

  /// Enough pending events to keep all publishers busy.
  private static final int MIN_PENDING_EVENTS = 100;

  private static final int REFILL_EVENTS = 20;

  private final RecordingEndpoint endpoint = RecordingEndpoint.accepting();
  private final List<TestCompany> companies;
  private final DeliveryAudit audit;
  private final RetryingPublishers publishers;

  private Traffic(ServiceClient api, Supplier<@Nullable URI> serviceUrl) {
    companies = Stream.generate(() -> TestCompany.create(api)).limit(COMPANIES).toList();
    audit = new DeliveryAudit(companies.stream().map(this::subscribe).toList());
    endpoint.recordIn(audit);
    publishers = new RetryingPublishers(audit, serviceUrl, ServiceEnvironment.ADMIN_KEY);
  }

  private AuditedEndpoint subscribe(TestCompany company) {
    String secret = company.subscribe(endpoint.url(company.id()), "customer.created").secret();
    return new AuditedEndpoint(company.id(), secret);
  }

  /// Load that publishes nothing yet.
  ///
  /// @param api creates the companies
  /// @param serviceUrl the service to publish to; null while there is none
  public static Traffic against(ServiceClient api, Supplier<@Nullable URI> serviceUrl) {
    return new Traffic(api, serviceUrl);
  }

  /// Load for a service in this JVM that publishes nothing yet.
  public static Traffic against(RunningService service) {
    return new Traffic(service.api(), service::url);
  }

  /// Adds events to publish.
  public void publish(int events) {
    publishers.publish(events);
  }

  /// Adds events if the publishers are about to run out of them, so that a late fault still meets
  /// publishes.
  public void keepPublishing() {
    if (publishers.remaining() < MIN_PENDING_EVENTS) {
      publish(REFILL_EVENTS);
    }
  }

  /// The audit of published events and received webhooks.
  public DeliveryAudit audit() {
    return audit;
  }

  /// The publishers of the load.
  public RetryingPublishers publishers() {
    return publishers;
  }

  /// Waits until this many webhooks have arrived in total.
  public void awaitArrivals(int webhooks) {
    Await.until(
        webhooks + " webhooks have arrived", audit::arrivalCount, count -> count >= webhooks);
  }

  /// Waits until this many publishes were rejected with a 503 that has a `Retry-After`. Adds events
  /// meanwhile, because all earlier ones may have been accepted.
  public void awaitRejections(int rejections) {
    awaitRejections(rejections, () -> {});
  }

  /// Waits for rejections by a fault that ends by itself.
  ///
  /// @param repeatFault causes the fault again; called repeatedly
  public void awaitRejections(int rejections, Runnable repeatFault) {
    Await.until(
        "publishes are rejected with 503",
        () -> repeatFaultAndCountRejections(repeatFault),
        count -> count >= rejections);
    assertThat(publishers.rejections())
        .allSatisfy(rejection -> {
          assertThat(Integer.parseInt(rejection.retryAfter())).isPositive();
          assertThat(rejection.body()).contains("\"detail\"");
        });
  }

  private int repeatFaultAndCountRejections(Runnable repeatFault) {
    repeatFault.run();
    keepPublishing();
    return publishers.rejections().size();
  }

  /// Waits until every event is accepted and its webhook received. Then no webhook differs from
  /// what was published.
  ///
  /// @param maxDuplicates maximum number of webhooks sent but not yet recorded at the faults
  public void assertThatNothingIsLost(int maxDuplicates, TestReporter report) {
    Await.until("all events are accepted", publishers::remaining, left -> left == 0);
    Await.until("all accepted events arrive", () -> audit.counts().lost(), lost -> lost == 0);
    AuditCounts auditCounts = audit.counts();
    report.publishEntry("count", auditCounts.toString());
    report.publishEntry(
        "publishers",
        "%d rejected, of these %d with unknown commit; %d without response"
            .formatted(
                publishers.rejections().size(),
                publishers.rejections().stream()
                    .filter(RetryingPublishers.Rejection::isCommitUnknown)
                    .count(),
                publishers.unansweredCount()));
    assertThat(audit.mismatches()).isEmpty();
    assertThat(publishers.unexpectedAnswers()).isEmpty();
    assertThat(auditCounts.duplicates()).isLessThanOrEqualTo(maxDuplicates);
  }

  /// Waits until the service has recorded every delivery as delivered.
  public void assertThatAllIsRecorded(ServiceClient api) {
    for (TestCompany company : companies) {
      Await.until(
          "all deliveries of company " + company.id() + " are recorded as delivered",
          () -> company.withApi(api).isAllDelivered());
    }
  }

  @Override
  public void close() {
    publishers.close();
    endpoint.close();
  }
}
