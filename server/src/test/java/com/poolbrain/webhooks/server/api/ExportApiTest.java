package com.poolbrain.webhooks.server.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.server.RunningApplication;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Exports of the delivery log and the audit over HTTP.
@Tag("slow")
class ExportApiTest extends CompanyWithReceiverFixture {

  private static final int ENDPOINTS = 10;
  private static final String READ_KEY = "{\"name\": \"reader\", \"scopes\": [\"read\"]}";

  private final RunningApplication service;

  ExportApiTest(RunningApplication service) {
    super(service.client());
    this.service = service;
  }

  private String path(String query) {
    return company.path() + "/deliveries/export?" + query;
  }

  private static List<String> lines(ApiResponse csv) {
    assertThat(csv.status()).as(csv.body()).isEqualTo(200);
    assertThat(csv.header("Content-Type")).isEqualTo("text/csv; charset=utf-8");
    return List.of(csv.body().split("\r\n"));
  }

  @Test
  void json_has_the_rows_of_all_pages_of_the_list_with_the_same_filters() {
    TestEndpoint endpoint = company.subscribe(receiver.url("/c"), "customer.created");
    receiver.respondWith(503);
    publishCustomer(7);
    awaitDeliveries(1, "status=retrying");
    receiver.respondWith(204);
    api.post(endpoint.path() + "/test", "").expect(200);
    company.setWebhooksEnabled(false);
    publishCustomers(300);
    awaitDeliveries(301, "status=skipped");

    for (String filter :
        List.of(
            "",
            "status=skipped",
            "status=delivered",
            "event=customer.created",
            "endpoint_id=" + endpoint.id(),
            "from=2999-01-01T00:00:00Z",
            "to=2999-01-01T00:00:00Z",
            "result=503",
            "trigger=test",
            "grouped=true",
            "grouped=false",
            "q=7")) {
      List<JsonNode> listed =
          filter.isEmpty() ? company.listDeliveries() : company.listDeliveries(filter);
      JsonNode export = api.get(path(filter)).expect(200);
      assertThat(export.path("data").valueStream().toList()).as(filter).isEqualTo(listed);
      assertThat(export.path("complete").asBoolean()).as(filter).isTrue();
      assertThat(export.path("count").asInt()).as(filter).isEqualTo(listed.size());
    }
  }

  /// Publishes events of different customers.
  private void publishCustomers(int count) {
    String events =
        IntStream.range(0, count)
            .mapToObj(i ->
                company.eventJson(
                    "customer.created",
                    "{\"customerId\": %d, \"displayName\": \"A\"}".formatted(i)))
            .collect(Collectors.joining(",", "[", "]"));
    api.publish(events).expect(202);
  }

  @Test
  void csv_is_a_file_with_a_header_the_rows_and_a_last_line() {
    company.subscribe(receiver.url("/c"), "customer.created");
    publishCustomer(7);
    String id = awaitDeliveries(1, "status=delivered").getFirst().path("id").asString();
    ApiResponse csv = api.get(path("format=csv"));
    List<String> lines = lines(csv);
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("id,event_id,").contains(",last_attempt.status_code,");
    assertThat(lines.get(1)).startsWith(id + ",").contains(",delivered,", ",200,");
    assertThat(lines.get(2)).startsWith("# complete: 1 rows,");
    assertThat(csv.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"deliveries-%d.csv\"".formatted(company.id()));
  }

  @Test
  void parameters_of_an_export_are_checked() {
    assertThat(api.get(path("format=xml")).detail()).contains("Give one of csv, json.");
    assertThat(api.get(path("status=done")).status()).isEqualTo(422);
    assertThat(api.get(path("limit=3")).detail()).contains("There is no such parameter here");
    assertThat(api.get("/companies/7000000000000001/deliveries/export").status()).isEqualTo(404);
  }

  @Test
  void audit_is_exported_with_the_fields_of_its_list() {
    TestEndpoint endpoint = company.subscribe(receiver.url("/c"), "customer.created");
    endpoint.patch("{\"description\": \"=1+1\", \"paused\": true}");
    String query = "company_id=" + company.id() + "&action=endpoint.updated";
    JsonNode listed = api.get("/audit?" + query).expect(200).path("data");
    assertThat(listed).hasSize(1);
    assertThat(api.get("/audit/export?" + query).expect(200).path("data")).isEqualTo(listed);
    List<String> lines = lines(api.get("/audit/export?format=csv&" + query));
    assertThat(lines.get(1))
        .contains(",endpoint.updated," + company.id() + "," + endpoint.id() + ",,")
        .endsWith(",\"{\"\"paused\"\":true,\"\"description\"\":\"\"=1+1\"\"}\"");
  }

  @Test
  void two_slow_readers_leave_no_room_for_a_third_until_they_are_gone() throws Exception {
    for (int i = 0; i < ENDPOINTS; i++) {
      company.subscribe(receiver.url("/" + i), "customer.created");
    }
    company.setWebhooksEnabled(false);
    publishCustomers(1_000);
    publishCustomers(1_000);
    String key = api.post("/keys", READ_KEY).expect(201).path("key").asString();
    List<Socket> readers = new ArrayList<>();
    try {
      readers.add(startReading(key));
      readers.add(startReading(key));
      ApiResponse refused = api.get(path("format=csv"));
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.detail()).contains("2 exports of this company are running");
      assertThat(refused.header("Retry-After")).isEqualTo("10");
      assertThat(api.get("/audit/export?company_id=" + company.id()).status()).isEqualTo(429);
    } finally {
      for (Socket reader : readers) {
        reader.close();
      }
    }
    ApiResponse csv =
        Await.until(
            "room for an export", () -> api.get(path("format=csv")), r -> r.status() != 429);
    assertThat(lines(csv)).hasSize(2_000 * ENDPOINTS + 2);
  }

  /// Asks for an export, and reads its first bytes only.
  private Socket startReading(String key) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(
        new InetSocketAddress(
            InetAddress.getLoopbackAddress(), service.application().url().getPort()));
    socket
        .getOutputStream()
        .write(
            "GET /api/v1%s HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n\r\n"
                .formatted(path(""), key)
                .getBytes(US_ASCII));
    assertThat(new String(socket.getInputStream().readNBytes(12), US_ASCII))
        .isEqualTo("HTTP/1.1 200");
    return socket;
  }
}
