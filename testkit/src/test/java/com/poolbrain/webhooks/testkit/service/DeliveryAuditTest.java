package com.poolbrain.webhooks.testkit.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Signer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// The audit finds every kind of loss, duplicate and mismatch.
class DeliveryAuditTest {

  private static final AuditedEndpoint ENDPOINT_40 = new AuditedEndpoint(40, "whsec_of-company-40");
  private static final AuditedEndpoint ENDPOINT_41 = new AuditedEndpoint(41, "whsec_of-company-41");

  private final DeliveryAudit deliveryAudit = new DeliveryAudit(List.of(ENDPOINT_40, ENDPOINT_41));
  private final AuditedEvent auditedEvent = deliveryAudit.eventFor(2);

  @Test
  void accepted_event_without_acknowledged_webhook_is_lost() {
    deliveryAudit.accepted(auditedEvent, "event");
    deliveryAudit.recordArrival(webhook(ENDPOINT_40, auditedEvent, "event"), false);

    assertThat(deliveryAudit.counts().lost()).isEqualTo(1);
    assertThat(deliveryAudit.lostNumbers()).containsExactly(2);
  }

  @Test
  void webhook_counts_as_received_whether_it_arrives_before_or_after_the_202() {
    deliveryAudit.accepted(auditedEvent, "event");
    deliveryAudit.recordArrival(webhook(ENDPOINT_40, auditedEvent, "event"), true);
    AuditedEvent other = deliveryAudit.eventFor(4);
    deliveryAudit.recordArrival(webhook(ENDPOINT_40, other, "other"), true);
    deliveryAudit.accepted(other, "other");

    assertThat(deliveryAudit.counts()).isEqualTo(new AuditCounts(2, 2, 0, 0, 0, 0));
  }

  @Test
  void second_webhook_is_a_duplicate_and_unexplained_without_a_fault_between() {
    deliveryAudit.accepted(auditedEvent, "event");
    deliveryAudit.recordArrival(webhook(ENDPOINT_40, auditedEvent, "event"), true);
    deliveryAudit.recordFault();
    deliveryAudit.recordArrival(webhook(ENDPOINT_40, auditedEvent, "event"), true);
    deliveryAudit.recordArrival(webhook(ENDPOINT_40, auditedEvent, "event"), true);

    assertThat(deliveryAudit.counts()).isEqualTo(new AuditCounts(1, 1, 2, 1, 2, 0));
  }

  @Test
  void webhook_of_an_earlier_incarnation_may_arrive_after_a_fault() {
    deliveryAudit.accepted(auditedEvent, "event");
    deliveryAudit.recordFault();
    deliveryAudit.recordArrival(webhook(ENDPOINT_40, auditedEvent, "event"), true, 0);
    assertThat(deliveryAudit.firstArrivalSinceFault()).isZero();
    deliveryAudit.recordArrival(webhook(ENDPOINT_40, auditedEvent, "event"), true, 1);
    assertThat(deliveryAudit.counts()).isEqualTo(new AuditCounts(1, 1, 1, 0, 1, 0));
    assertThat(deliveryAudit.firstArrivalSinceFault()).isNotZero();

    deliveryAudit.recordArrival(webhook(ENDPOINT_40, auditedEvent, "event"), true, 0);
    assertThat(deliveryAudit.counts().unexplainedDuplicates())
        .as("duplicates of one incarnation")
        .isEqualTo(1);
  }

  @Test
  void webhook_after_a_refused_one_is_no_duplicate() {
    deliveryAudit.accepted(auditedEvent, "event");
    deliveryAudit.recordArrival(webhook(ENDPOINT_40, auditedEvent, "event"), false);
    deliveryAudit.recordArrival(webhook(ENDPOINT_40, auditedEvent, "event"), true);

    assertThat(deliveryAudit.counts()).isEqualTo(new AuditCounts(1, 1, 0, 0, 0, 0));
  }

  @Test
  void second_event_id_for_one_publish_is_a_mismatch() {
    deliveryAudit.accepted(auditedEvent, "event");
    deliveryAudit.recordArrival(webhook(ENDPOINT_40, auditedEvent, "second"), true);
    assertThat(deliveryAudit.mismatches())
        .singleElement()
        .asString()
        .contains("received as second");
  }

  @Test
  void other_event_id_in_the_answer_to_a_repeated_publish_is_a_mismatch() {
    deliveryAudit.accepted(auditedEvent, "event");
    deliveryAudit.accepted(auditedEvent, "second");
    assertThat(deliveryAudit.mismatches()).hasSize(1);
  }

  @Test
  void other_bytes_under_the_same_id_are_a_mismatch() {
    deliveryAudit.recordArrival(webhook(ENDPOINT_40, auditedEvent, "event"), true);
    String body = body(auditedEvent).replace("}}", "} }");
    deliveryAudit.recordArrival(webhook(ENDPOINT_40, body, "event"), true);
    assertThat(deliveryAudit.mismatches()).singleElement().asString().contains("other bytes");
  }

  @Test
  void other_data_than_published_is_a_mismatch() {
    deliveryAudit.recordArrival(
        webhook(ENDPOINT_40, body(auditedEvent).replace("ller 2", "ller 3"), "event"), true);
    assertThat(deliveryAudit.mismatches()).hasSize(1);
  }

  @Test
  void webhook_at_the_endpoint_of_another_company_is_a_mismatch() {
    deliveryAudit.recordArrival(webhook(ENDPOINT_41, auditedEvent, "event"), true);
    assertThat(deliveryAudit.mismatches())
        .singleElement()
        .asString()
        .startsWith("company 41 received");
  }

  @Test
  void invalid_signature_is_a_mismatch() {
    AuditedWebhook good = webhook(ENDPOINT_40, auditedEvent, "event");
    deliveryAudit.recordArrival(
        new AuditedWebhook(40, good.signature().toUpperCase(Locale.ROOT), "event", good.body()),
        true);
    assertThat(deliveryAudit.mismatches())
        .singleElement()
        .asString()
        .startsWith("invalid signature");
  }

  private static AuditedWebhook webhook(
      AuditedEndpoint to, AuditedEvent auditedEvent, String event) {
    return webhook(to, body(auditedEvent), event);
  }

  private static AuditedWebhook webhook(AuditedEndpoint to, String body, String event) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String signature = new Signer(Secret.parse(to.secret())).sign(bytes);
    return new AuditedWebhook(to.companyId(), signature, event, bytes);
  }

  private static String body(AuditedEvent auditedEvent) {
    return auditedEvent.requestBody().replaceFirst("\\{", "{\"id\":\"0197\",");
  }
}
