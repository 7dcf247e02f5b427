package com.poolbrain.webhooks.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Recovery and replay as jobs, over HTTP.
@Tag("slow")
class RecoveryApiTest extends CompanyWithReceiverFixture {

  RecoveryApiTest(ServiceClient api) {
    super(api);
  }

  private static String sinceYesterday(String more) {
    Instant since = Instant.now().minus(Duration.ofDays(1));
    return "{\"since\": \"%s\"%s}".formatted(since, more);
  }

  private void setWebhooksEnabled(boolean enabled) {
    api.patch(company.path(), "{\"webhooks_enabled\": %s}".formatted(enabled)).expect(200);
  }

  private JsonNode awaitDone(JsonNode started) {
    return Await.until(
        "the job is done",
        () -> api.get("/jobs/" + started.path("job_id").asString()).expect(200),
        job -> job.path("status").asString().equals("done"));
  }

  @Test
  void what_was_skipped_while_webhooks_were_off_is_replayed_once() {
    TestEndpoint endpoint = company.subscribe(receiver.url(), "customer.created");
    setWebhooksEnabled(false);
    publishCustomer(7);
    awaitDeliveries(1, "status=skipped");
    ApiResponse refused = api.post(endpoint.path() + "/replay-missing", sinceYesterday(""));
    assertThat(refused.status()).isEqualTo(409);
    setWebhooksEnabled(true);

    JsonNode counted =
        api.post(endpoint.path() + "/replay-missing", sinceYesterday(", \"dry_run\": true"))
            .expect(200);
    assertThat(counted.path("count").asInt()).isEqualTo(1);
    JsonNode started =
        api.post(endpoint.path() + "/replay-missing", sinceYesterday("")).expect(202);

    JsonNode job = awaitDone(started);
    assertThat(job.path("kind").asString()).isEqualTo("replay_missing");
    assertThat(job.path("done").asInt()).isEqualTo(1);
    JsonNode delivered = awaitDeliveries(1, "status=delivered").getFirst();
    assertThat(delivered.path("job_id")).isEqualTo(started.path("job_id"));
    JsonNode again = api.post(endpoint.path() + "/replay-missing", sinceYesterday("")).expect(202);
    assertThat(awaitDone(again).path("done").asInt()).isZero();
    assertThat(receiver.webhookCount()).isEqualTo(1);
  }

  /// Skips what waits for a retry, and makes it again by a job.
  private void skipAndReplay(TestEndpoint endpoint, int attempts) {
    endpoint.patch("{\"paused\": true}");
    JsonNode skipped = awaitDeliveries(1, "status=skipped").getFirst();
    assertThat(skipped.path("attempt_count").asInt()).isEqualTo(attempts);
    assertThat(skipped.path("schedule_step").asInt()).isEqualTo(1);
    endpoint.patch("{\"paused\": false}");
    api.post(endpoint.path() + "/replay-missing", sinceYesterday("")).expect(202);
  }

  @Test
  void schedule_step_counts_the_attempts_since_the_schedule_last_began() {
    TestEndpoint endpoint = company.subscribe(receiver.url(), "customer.created");
    receiver.respondWith(500);
    publishCustomer(7);
    JsonNode first = awaitDeliveries(1, "status=retrying").getFirst();
    assertThat(first.path("schedule_step").asInt()).isEqualTo(1);

    skipAndReplay(endpoint, 1);
    JsonNode second = awaitDeliveries(1, "status=retrying").getFirst();
    assertThat(second.path("schedule_step").asInt()).isEqualTo(1);
    assertThat(second.path("attempt_count").asInt()).isEqualTo(2);

    receiver.respondWith(200);
    skipAndReplay(endpoint, 2);
    JsonNode delivered = awaitDeliveries(1, "status=delivered").getFirst();
    assertThat(delivered.path("schedule_step").asInt()).isEqualTo(1);
    assertThat(delivered.path("attempt_count").asInt()).isEqualTo(3);
    assertThat(company.getDelivery(first.path("id").asString()).path("schedule_step").asInt())
        .isEqualTo(1);
  }

  @Test
  void cancelled_job_keeps_its_progress_and_leaves_the_rest_as_it_was() {
    TestEndpoint endpoint = company.subscribe(receiver.url(), "customer.created");
    setWebhooksEnabled(false);
    for (int i = 0; i < 5; i++) {
      publishCustomer(i);
    }
    awaitDeliveries(5, "status=skipped");
    setWebhooksEnabled(true);
    JsonNode started =
        api.post(endpoint.path() + "/replay-missing", sinceYesterday(", \"rate_per_second\": 0.1"))
            .expect(202);
    String path = "/jobs/" + started.path("job_id").asString();
    Await.until("the job has begun", () -> api.get(path).expect(200).path("done").asInt() > 0);

    ServiceClient foreign = clientOf(TestCompany.create(api), "manage");
    assertThat(foreign.post(path + "/cancel", "").status()).isEqualTo(404);
    JsonNode cancelled = api.post(path + "/cancel", "").expect(200);

    assertThat(cancelled.path("status").asString()).isEqualTo("cancelled");
    int done = cancelled.path("done").asInt();
    assertThat(done).as("one delivery in ten seconds").isBetween(1, 4);
    assertThat(cancelled.path("total").asInt()).isEqualTo(5);
    assertThat(cancelled.path("detail").asString()).startsWith("It was cancelled by key:");
    assertThat(cancelled.path("finished_at").isString()).isTrue();
    assertThat(api.get(path).expect(200)).isEqualTo(cancelled);
    assertThat(api.post(path + "/cancel", "").expect(200)).as("again").isEqualTo(cancelled);
    JsonNode audit = api.get("/audit?action=job.cancelled&company_id=" + company.id()).expect(200);
    assertThat(audit.path("data")).as("the second time changed nothing").hasSize(1);

    JsonNode rest = api.post(endpoint.path() + "/replay-missing", sinceYesterday("")).expect(202);
    assertThat(rest.path("count").asInt())
        .as("the other job has left them alone")
        .isEqualTo(5 - done);
    assertThat(awaitDone(rest).path("done").asInt()).isEqualTo(5 - done);
    awaitDeliveries(5, "status=delivered");
    assertThat(receiver.webhookCount()).isEqualTo(5);
    assertThat(api.get(path).expect(200)).as("nothing was added to it").isEqualTo(cancelled);
    ApiResponse late = api.post("/jobs/" + rest.path("job_id").asString() + "/cancel", "");
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.detail()).isEqualTo("This job has ended; it can't be cancelled.");
  }
}
