package com.poolbrain.webhooks.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
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
}
