package com.poolbrain.webhooks.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.server.RunningApplication;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The tab Audit.
@Tag("slow")
class AuditPageTest extends DeliveryPageFixture {

  AuditPageTest(RunningApplication service) {
    super(service);
  }

  private static int count(String html, String text) {
    return html.split(java.util.regex.Pattern.quote(text), -1).length - 1;
  }

  @Test
  void entry_says_who_did_what_from_where_and_what_changed() {
    TestEndpoint endpoint = company.subscribe(receiver.url("/a"), "customer.created");
    endpoint.patch("{\"description\": \"<b>new</b>\", \"paused\": true}");
    String html = show("/audit?action=endpoint.updated");
    assertThat(html)
        .contains("Endpoint updated", "from 127.0.0.1", "key:")
        .contains(
            "<dt>paused</dt>", "<del dir=\"auto\">false</del>", "<ins dir=\"auto\">true</ins>")
        .contains("<del dir=\"auto\">empty</del>", "&lt;b&gt;new&lt;/b&gt;")
        .contains("href=\"" + path("/endpoints/" + endpoint.id()) + "\"")
        .doesNotContain("<b>new", endpoint.secret());
    assertThat(show("/audit?action=session.started"))
        .contains("<bdi>dana@clearwater.example</bdi>", "via key:");
  }

  @Test
  void filters_select_entries_and_errors_are_named() {
    company.subscribe(receiver.url("/a"), "customer.created");
    assertThat(show("/audit?actor=nobody")).contains("No entry matches", "Actor: nobody");
    assertThat(show("/audit?to=2000-01-01T00:00:00Z")).contains("No entry matches");
    assertThat(show("/audit?from=2000-01-01T00:00:00Z")).contains("Endpoint created");
    HttpResponse<String> invalid = manager.get(path("/audit?action=x&from=y"));
    assertThat(invalid.statusCode()).isEqualTo(422);
    assertThat(invalid.body()).contains("2 fields need a change", "#f-action", "#f-from");
  }

  @Test
  void pages_of_the_audit_are_complete() {
    TestEndpoint endpoint = company.subscribe(receiver.url("/a"), "customer.created");
    for (int i = 0; i < 55; i++) {
      endpoint.patch("{\"description\": \"d%d\"}".formatted(i));
    }
    String first = show("/audit?action=endpoint.updated");
    assertThat(count(first, "Endpoint updated<p")).isEqualTo(50);
    String second = manager.get(link(first, "Older")).body();
    assertThat(count(second, "Endpoint updated<p")).isEqualTo(5);
    assertThat(second).doesNotContain("rel=\"next\"").contains("d0</ins>");
    assertThat(manager.get(link(second, "Newer")).body()).contains("d54</ins>");
  }

  @Test
  void viewer_has_no_audit_and_a_manager_sees_only_the_own_company() {
    PageClient viewer = signIn("viewer");
    assertThat(viewer.get(path("/deliveries")).body()).doesNotContain("/webhooks/audit\"");
    assertThat(viewer.get(path("/audit")).statusCode()).isEqualTo(403);
    TestCompany other = TestCompany.create(company.api());
    TestEndpoint foreign = other.subscribe(receiver.url("/f"), "customer.created");
    assertThat(show("/audit")).doesNotContain(foreign.id());
  }

  @Test
  void audit_is_exported_by_managers_only() {
    company.subscribe(receiver.url("/a"), "customer.created");
    String path = path("/audit/export?format=csv&action=endpoint.created");
    assertThat(manager.get(path).body().lines()).hasSize(3);
    assertThat(show("/audit")).contains("action=\"" + path("/audit/export") + "\"");
    assertThat(signIn("viewer").get(path).statusCode()).isEqualTo(403);
  }
}
