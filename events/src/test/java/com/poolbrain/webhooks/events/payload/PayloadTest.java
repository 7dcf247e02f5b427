package com.poolbrain.webhooks.events.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.events.Envelope;
import com.poolbrain.webhooks.events.EventCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadTest {

  @Test
  void every_sample_of_the_guide_is_read_as_its_record() {
    assertThat(sample("customer.created")).isEqualTo(new CustomerCreated(1001, "John Doe"));
    assertThat(sample("customer.status.updated"))
        .isEqualTo(new CustomerStatusUpdated(1001, "John Doe", CustomerStatus.INACTIVE));
    assertThat(sample("job.one_time.created")).isEqualTo(new OneTimeJobCreated("JOB-5501"));
    assertThat(sample("job.one_time.deleted"))
        .isEqualTo(new OneTimeJobDeleted("JOB-5501", "Filter Cleaning"));
    assertThat(sample("job.one_time.schedule.changed"))
        .isEqualTo(
            new OneTimeJobScheduleChanged(
                2493251, "Untitled Job", "Sourav Bhange", "North Route - Truck 1"));
    assertThat(sample("technician.route.changed"))
        .isEqualTo(new TechnicianRouteChanged("Mike", "Smith", "North Route - Truck 1"));
    assertThat(sample("webhook.ping"))
        .isEqualTo(new WebhookPing("Hello from Pool Brain. This endpoint is reachable."));
  }

  @Test
  void every_built_in_type_has_a_record() {
    assertThat(EventCatalogue.builtIn().types())
        .allSatisfy(type -> assertThat(sample(type.name())).isNotInstanceOf(UnknownPayload.class));
  }

  @Test
  void alias_is_read_as_the_same_record() {
    assertThat(read("job.Deleted", "{`jobNumber`:`1`,`jobTitle`:`x`}"))
        .containsExactly(new OneTimeJobDeleted("1", "x"));
  }

  @Test
  void group_is_read_as_one_record_per_item_in_order() {
    assertThat(
            read(
                "customer.created",
                "[{`customerId`:2,`displayName`:`b`},{`customerId`:1,`displayName`:`a`}]"))
        .containsExactly(new CustomerCreated(2, "b"), new CustomerCreated(1, "a"));
  }

  @Test
  void unassigned_technician_and_route_are_null() {
    assertThat(
            read(
                "job.one_time.schedule.changed",
                "{`jobId`:1,`jobTitle`:`x`,`technicianName`:null,`currentRouteName`:null}"))
        .containsExactly(new OneTimeJobScheduleChanged(1, "x", null, null));
    assertThat(
            read(
                "technician.route.changed",
                "{`technicianFirstName`:`a`,`technicianLastName`:`b`,`routeName`:null}"))
        .containsExactly(new TechnicianRouteChanged("a", "b", null));
  }

  @Test
  void unknown_status_field_and_type_are_tolerated() {
    assertThat(
            read(
                "customer.status.updated",
                "{`customerId`:1,`displayName`:`x`,`currentStatus`:`vip`,`more`:[1]}"))
        .containsExactly(new CustomerStatusUpdated(1, "x", CustomerStatus.UNKNOWN));
    assertThat(read("pool.opened", "{`poolId`:1}"))
        .singleElement()
        .isInstanceOfSatisfying(
            UnknownPayload.class,
            unknown -> {
              assertThat(unknown.event()).isEqualTo("pool.opened");
              assertThat(unknown.item().getLong("poolId")).isEqualTo(1);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{`displayName`:`x`}; customerId",
        "{`customerId`:`1`,`displayName`:`x`}; customerId",
        "{`customerId`:1.5,`displayName`:`x`}; customerId",
        "{`customerId`:9223372036854775808,`displayName`:`x`}; 64 bits",
        "{`customerId`:1}; displayName",
        "{`customerId`:1,`displayName`:null}; displayName"
      })
  void missing_or_mistyped_field_is_named_in_the_error(String item, String message) {
    assertThatThrownBy(() -> read("customer.created", item))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static Payload sample(String event) {
    String single = EventCatalogue.builtIn().find(event).orElseThrow().type().samples().single();
    return read(event, single).get(0);
  }

  private static List<Payload> read(String event, String data) {
    byte[] ascii = data.replace('`', '"').getBytes(StandardCharsets.US_ASCII);
    return Payload.readAll(
        Envelope.read(Envelope.write(new UUID(1, 2), event, 40, Instant.EPOCH, ascii)));
  }
}
