package com.poolbrain.webhooks.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.server.RunningApplication;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What the pages of an endpoint say about its last attempts.
@Tag("slow")
class EndpointProblemsPageTest extends DeliveryPageFixture {

  EndpointProblemsPageTest(RunningApplication service) {
    super(service);
  }

  @Test
  void redirect_of_the_last_attempt_is_a_warning_for_its_url() {
    try (HttpsReceiver server =
        HttpsReceiver.scripted(connection -> {
          connection.readRequest();
          connection.respond(308, "Location: /new/hook\r\n", "");
        })) {
      String url = server.url("/hook").toString();
      TestEndpoint endpoint = company.subscribe(URI.create(url), "customer.created");
      company.api().post(endpoint.path() + "/test", "{}").expect(200);
      String better = "data-use-url=\"" + server.url("/new/hook") + "\"";
      String warning = "answered the last attempt with a redirect to " + server.url("/new/hook");
      assertThat(show("/endpoints/" + endpoint.id() + "/edit")).contains(warning, better);

      String check = path("/endpoints/check-url");
      Map<String, String> same = Map.of("url", url, "endpoint_id", endpoint.id());
      assertThat(manager.post(check, same).body()).contains(warning, better);
      assertThat(manager.post(check, Map.of("url", url)).body())
          .as("a new endpoint has no attempts")
          .doesNotContain("redirect");
      Map<String, String> moved = Map.of("url", url + "/2", "endpoint_id", endpoint.id());
      assertThat(manager.post(check, moved).body()).doesNotContain("redirect");

      TestCompany other = TestCompany.create(company.api());
      PageClient foreign = PageClient.opened(baseUrl, PortalLinks.of(other, "manager"));
      foreign.get(other.path() + "/webhooks");
      assertThat(foreign.post(check.replace(company.path(), other.path()), same).body())
          .contains("The URL can be saved")
          .doesNotContain("redirect");
    }
  }

  @Test
  void warning_about_a_redirect_ends_with_an_attempt_of_another_result() {
    receiver.respondWith(302, 200);
    TestEndpoint endpoint = company.subscribe(receiver.url("/hook"), "customer.created");
    String test = endpoint.path() + "/test";
    String edit = "/endpoints/" + endpoint.id() + "/edit";
    company.api().post(test, "{}").expect(200);
    assertThat(show(edit)).as("the response names no place").doesNotContain("redirect");
    company.api().post(test, "{}").expect(200);
    assertThat(show(edit)).doesNotContain("redirect");
  }

  @Test
  void failing_endpoint_leads_to_what_failed_whether_it_is_retried_or_not() {
    receiver.respondWith(503);
    TestEndpoint endpoint = company.subscribe(receiver.url("/in"), "customer.created");
    for (int i = 0; i < 5; i++) {
      publishCustomer(i + 1);
    }
    List<JsonNode> retrying = endpoint.awaitDeliveries(5, "retrying");
    String ended = retrying.getFirst().path("id").asString();
    company.api().post(company.path() + "/deliveries/" + ended + "/cancel", "").expect(200);
    endpoint.redeliver(ended).expect(202); // a skipped delivery that fails has failed for good
    company.awaitDelivery(ended, "permanently_failed");
    String list =
        Await.until(
            "the endpoint is failing", () -> show(""), html -> html.contains("See what failed"));
    String log = manager.get(link(list, "See what failed")).body();
    assertThat(rows(log)).hasSize(5);
    assertThat(log).contains("any failure", ended);
  }
}
