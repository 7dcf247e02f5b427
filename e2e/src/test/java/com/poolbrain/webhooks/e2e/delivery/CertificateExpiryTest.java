package com.poolbrain.webhooks.e2e.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import io.netty.pkitesting.X509Bundle;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The end of the certificate that an endpoint shows, as its deliveries see it.
class CertificateExpiryTest {

  @AutoClose private static RunningService service;

  @BeforeAll
  static void startService() {
    service = RunningService.start();
  }

  @Test
  void endpoint_shows_the_end_of_its_certificate_and_of_the_renewed_one() {
    X509Bundle first = HttpsReceiver.CA.issueFor(Duration.ofDays(9), "localhost");
    X509Bundle renewed = HttpsReceiver.CA.issueFor(Duration.ofDays(90), "localhost");
    try (HttpsReceiver receiver = HttpsReceiver.withCertificate(first)) {
      TestEndpoint endpoint = service.createCompany().subscribe(receiver.url(), "customer.created");
      assertThat(get(endpoint).has("certificate_expires_at")).isFalse();

      endpoint.company().publishCustomerCreated(1);
      awaitExpiry(endpoint, first);

      receiver.renewCertificate(renewed);
      endpoint.company().publishCustomerCreated(2);
      awaitExpiry(endpoint, renewed);
      assertThat(receiver.connectionCount()).isEqualTo(2);
    }
  }

  @Test
  void endpoints_of_one_host_share_a_connection_and_each_shows_the_certificate() {
    X509Bundle certificate = HttpsReceiver.CA.issueFor(Duration.ofDays(9), "localhost");
    try (HttpsReceiver receiver = HttpsReceiver.withCertificate(certificate)) {
      TestEndpoint first = service.createCompany().subscribe(receiver.url(), "customer.created");
      TestEndpoint second = service.createCompany().subscribe(receiver.url(), "customer.created");
      first.company().publishCustomerCreated(1);
      first.awaitOnlyDelivery("delivered");
      second.company().publishCustomerCreated(1);

      awaitExpiry(second, certificate);
      awaitExpiry(first, certificate);
      assertThat(receiver.connectionCount()).isEqualTo(1);
    }
  }

  private static JsonNode get(TestEndpoint endpoint) {
    return service.api().get(endpoint.path()).expect(200);
  }

  private static void awaitExpiry(TestEndpoint endpoint, X509Bundle certificate) {
    Instant expiry = certificate.getCertificate().getNotAfter().toInstant();
    Await.until(
        "the endpoint shows " + expiry,
        () -> get(endpoint),
        found ->
            found.has("certificate_expires_at")
                && Instant.parse(found.path("certificate_expires_at").stringValue())
                    .equals(expiry));
  }
}
