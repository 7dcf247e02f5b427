package com.poolbrain.webhooks.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The deletion of a company, over HTTP.
@Tag("slow")
class CompanyDeletionApiTest extends CompanyWithReceiverFixture {

  private static final URI CLOSED = URI.create("https://127.0.0.1:1/");

  CompanyDeletionApiTest(ServiceClient api) {
    super(api);
  }

  private String delete() {
    return api.delete(company.path()).expect(202).path("job_id").asString();
  }

  private JsonNode awaitDone(String job) {
    return Await.until(
        "the company is deleted",
        () -> api.get("/jobs/" + job).expect(200),
        found -> found.path("status").asString().equals("done"));
  }

  @Test
  void everything_but_the_audit_goes_and_the_id_can_be_used_again() throws Exception {
    TestEndpoint closed = company.subscribe(CLOSED, "customer.created");
    company.subscribe(receiver.url(), "customer.created");
    publishCustomer(7);
    closed.awaitDeliveries(1, "retrying");
    receiver.awaitNext();
    JsonNode key =
        api.post(
                "/keys",
                "{\"name\": \"k\", \"scopes\": [\"publish\", \"manage\"], \"company_id\": %d}"
                    .formatted(company.id()))
            .expect(201);
    ServiceClient bound = api.withKey(key.path("key").asString());
    String event =
        company.eventJson("customer.created", "{\"customerId\": 7, \"displayName\": \"A\"}");
    bound.publish(event, "Idempotency-Key", "again").expect(202);
    String keyed = event.replaceFirst("\\{", "{\"idempotency_key\": \"again\", ");
    String firstId = api.publish(keyed).expect(202).at("/events/0/id").asString();

    String job = delete();

    assertThat(api.get(company.path()).status()).isEqualTo(404);
    assertThat(api.get(closed.path()).status()).isEqualTo(404);
    assertThat(api.patch(company.path(), "{\"webhooks_enabled\": true}").status()).isEqualTo(404);
    assertThat(
            api.post(
                    company.path() + "/endpoints",
                    "{\"url\": \"https://a.example\", \"events\": [\"job.created\"]}")
                .status())
        .isEqualTo(404);
    assertThat(api.publish(event).status()).isEqualTo(422);
    Await.until("its key has ended", () -> bound.get(company.path()).status() == 401);
    awaitDone(job);

    api.put(company.path(), "{\"name\": \"New Pools\"}").expect(201);
    assertThat(api.get(company.path()).json().path("webhooks_enabled").asBoolean()).isFalse();
    assertThat(company.listDeliveries()).isEmpty();
    assertThat(api.get(company.path() + "/endpoints").json().path("data")).isEmpty();
    company.setWebhooksEnabled(true);
    company.subscribe(receiver.url(), "customer.created");
    assertThat(api.publish(keyed).expect(202).at("/events/0/id").asString()).isNotEqualTo(firstId);
    awaitDeliveries(1, "status=delivered");
    List<String> actions =
        api.get("/audit?limit=200&company_id=" + company.id())
            .json()
            .path("data")
            .valueStream()
            .map(entry -> entry.path("action").asString())
            .toList();
    assertThat(actions)
        .contains("company.deleted", "endpoint.deleted", "key.revoked", "job.started")
        .filteredOn("company.created"::equals)
        .hasSize(2);
  }

  @Test
  void id_is_taken_until_the_job_is_done_and_the_job_cant_be_cancelled() {
    String job = delete();

    ApiResponse again = api.put(company.path(), "{\"name\": \"New Pools\"}");
    if (again.status() != 409) { // then the job was fast
      assertThat(awaitDone(job).path("status").asString()).isEqualTo("done");
      return;
    }
    assertThat(again.detail()).contains("being deleted");
    ApiResponse second = api.delete(company.path());
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.detail()).contains(job);
    assertThat(api.post("/jobs/" + job + "/cancel", "").status()).isEqualTo(409);
    awaitDone(job);
    assertThat(api.delete(company.path()).status()).isEqualTo(404);
  }

  @Test
  void running_erasure_ends_as_cancelled() {
    String erasure =
        api.post(company.path() + "/erase", "{\"customer_id\": 7}")
            .expect(202)
            .path("job_id")
            .asString();
    String deletion = delete();

    JsonNode ended =
        Await.until(
            "the erasure has ended or is gone with the company",
            () -> api.get("/jobs/" + erasure).json(),
            found -> !found.path("status").asString().equals("running"));
    assertThat(ended.path("status").asString()).isIn("cancelled", "404");
    awaitDone(deletion);
  }
}
