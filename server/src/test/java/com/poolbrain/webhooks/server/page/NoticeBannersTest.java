package com.poolbrain.webhooks.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.server.Application;
import com.poolbrain.webhooks.server.settings.Settings;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.ServiceEnvironment;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The banners of notices on the first page of a company.
@Tag("slow")
class NoticeBannersTest {

  private static final String TYPE =
      """
      {"description": "%s", "category": "Pool", "may_be_grouped": false,
       "samples": [{"poolId": 1}],
       "schema": {"type": "object", "properties": {"poolId": {"type": "integer"}%s},
                  "additionalProperties": false}}
      """;

  @TempDir Path folder;

  @Test
  void notices_are_banners_while_they_are_true_and_new() {
    ServiceEnvironment environment =
        ServiceEnvironment.withEmbeddedDatabase(folder)
            .with("WEBHOOKS_RETRY_SCHEDULE", "20ms,20ms,20ms,20ms");
    try (Application application = new Application(Settings.read(environment.variables(), null));
        HttpsReceiver receiver = HttpsReceiver.answering(503)) {
      application.start();
      try (ServiceClient api = new ServiceClient(application.url(), ServiceEnvironment.ADMIN_KEY)) {
        TestCompany company = TestCompany.create(api);
        PageClient manager =
            PageClient.opened(application.url(), PortalLinks.of(company, "manager"));
        PageClient viewer = PageClient.opened(application.url(), PortalLinks.of(company, "viewer"));
        tell(company, receiver, manager, viewer);
      }
    }
  }

  private static void tell(
      TestCompany company, HttpsReceiver receiver, PageClient manager, PageClient viewer) {
    company.api().put("/event-types/pool.opened", TYPE.formatted("d", "")).expect(201);
    TestEndpoint endpoint = company.subscribe(receiver.url(), "customer.created", "pool.opened");
    String host = receiver.url().getAuthority();
    String home = company.path() + "/webhooks";
    assertThat(manager.get(home).body()).doesNotContain("id=\"notice-");

    company.publishCustomerCreated(1);
    String failed = "A delivery to " + host + " permanently failed";
    await(viewer, home, html -> html.contains(failed) && html.contains("id=\"failing-0\""));
    String deliveryId = endpoint.listDeliveries().getFirst().path("id").asString();
    assertThat(viewer.get(home).body())
        .contains("Last error: 503.", "href=\"" + home + "/deliveries/" + deliveryId + "\"")
        .doesNotContain(host + " works again");

    receiver.respondWith(204);
    company.publishCustomerCreated(2);
    await(viewer, home, html -> html.contains(host + " works again"));
    assertThat(viewer.get(home).body()).doesNotContain("id=\"failing-");

    company.api().get(endpoint.path() + "/secret").expect(200);
    String revealed = "The signing secret of " + host + " was revealed";
    assertThat(manager.get(home).body()).contains(revealed, "It was shown to");
    assertThat(viewer.get(home).body()).doesNotContain(revealed);

    company
        .api()
        .put(
            "/event-types/pool.opened", TYPE.formatted("d", ", \"depth\": {\"type\": \"integer\"}"))
        .expect(200);
    assertThat(viewer.get(home).body())
        .contains("Events that " + host + " gets have changed", "pool.opened:", home + "/events");
  }

  private static void await(PageClient browser, String path, Predicate<String> isShown) {
    Await.until("the banner is shown", () -> browser.get(path).body(), isShown);
  }
}
