package com.poolbrain.webhooks.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.events.EventCatalogue;
import com.poolbrain.webhooks.events.EventTypeDefinition;
import com.poolbrain.webhooks.server.RunningApplication;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The tab Event catalogue.
@Tag("slow")
class CataloguePageTest extends DeliveryPageFixture {

  CataloguePageTest(RunningApplication service) {
    super(service);
  }

  @Test
  void list_names_every_type_with_its_aliases_and_subscribers() {
    company.subscribe(receiver.url("/a"), "job.Deleted");
    String html = show("/events");
    for (EventTypeDefinition type : EventCatalogue.builtIn().types()) {
      assertThat(html).contains("href=\"" + path("/events/" + type.name()) + "\"");
    }
    assertThat(html).contains("job.Deleted", "1 endpoint gets it", "No endpoints get it");
  }

  @Test
  void search_finds_names_aliases_fields_and_words() {
    assertThat(show("/events?q=JOB.deleted"))
        .contains(path("/events/job.one_time.deleted"))
        .doesNotContain(path("/events/customer.created"));
    assertThat(show("/events?q=customerId")).contains(path("/events/customer.created"));
    assertThat(show("/events?q=%3Cscript%3E"))
        .contains("No event matches", "value=\"&lt;script>\"")
        .doesNotContain("value=\"<script");
  }

  @Test
  void type_shows_fields_samples_schema_and_the_endpoints_that_get_it() {
    TestEndpoint endpoint = company.subscribe(receiver.url("/a"), "job.Deleted");
    String html = show("/events/job.one_time.deleted");
    assertThat(html)
        .contains("<code>jobNumber</code>", "Sample of one", "job.<wbr>Deleted")
        .contains(path("/endpoints/" + endpoint.id()), "\"company_id\": " + company.id());
    EventTypeDefinition type =
        EventCatalogue.builtIn().find("job.one_time.deleted").orElseThrow().type();
    assertThat(html.contains("Sample of a group")).isEqualTo(type.mayBeGrouped());
    HttpResponse<String> schema = manager.get(path("/events/job.one_time.deleted/schema.json"));
    assertThat(schema.body()).isEqualTo(type.schema().json());
    assertThat(schema.headers().firstValue("Content-Disposition").orElseThrow())
        .contains("attachment", "job.one_time.deleted.schema.json");
    assertThat(manager.get("/openapi.json").statusCode()).isEqualTo(200);
  }

  @Test
  void viewer_reads_the_catalogue_and_unknown_types_do_not_exist() {
    assertThat(signIn("viewer").get(path("/events")).statusCode()).isEqualTo(200);
    HttpResponse<String> unknown = manager.get(path("/events/customer.craeted"));
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("customer.created").doesNotContain("<script>");
  }
}
