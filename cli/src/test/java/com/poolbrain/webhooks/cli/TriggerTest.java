package com.poolbrain.webhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TriggerTest {

  @Test
  void unknown_event_suggests_the_nearest_name() {
    ProcessResult result = ProcessResult.run("trigger", "customer.craeted", "--key=k");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("did you mean \"customer.created\"").hasLineCount(1);
  }

  @Test
  void unknown_field_is_named_with_a_suggestion() {
    ProcessResult result =
        ProcessResult.run("trigger", "customer.created", "--key=k", "--set", "custmerId=7");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("custmerId").contains("customerId").hasLineCount(1);
  }

  @Test
  void item_count_above_the_request_limit_is_rejected() {
    assertThat(ProcessResult.run("trigger", "customer.created", "--items=10001").err())
        .contains("10000");
  }

  @Test
  void invalid_service_url_is_reported_in_one_line() {
    for (String url : new String[] {"localhost:8080", "http://", "ftp://localhost", "http://a b"}) {
      ProcessResult result =
          ProcessResult.run("trigger", "customer.created", "--key=k", "--url=" + url);

      assertThat(result.exitCode()).as(url).isEqualTo(2);
      assertThat(result.err()).as(url).contains("http://host:port").hasLineCount(1);
    }
  }

  @Test
  void service_url_that_java_cannot_connect_to_is_refused_with_a_way_out() {
    ProcessResult result =
        ProcessResult.run("trigger", "customer.created", "--key=k", "--url=http://my_host:8080");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("underscore", "use another name").hasLineCount(1);
  }

  @Test
  void password_in_the_service_url_is_refused_and_not_repeated() {
    for (String url :
        new String[] {
          "http://u:SECRETWORD@127.0.0.1:1", "http://u:SECRET WORD@x", "http://u:SECRETWORD@my_host"
        }) {
      ProcessResult result =
          ProcessResult.run("trigger", "customer.created", "--key=k", "--url=" + url);

      assertThat(result.exitCode()).as(url).isEqualTo(2);
      assertThat(result.err()).as(url).contains("--url").doesNotContain("SECRET").hasLineCount(1);
    }
  }

  @Test
  void unreachable_service_is_reported_in_one_line() {
    ProcessResult result =
        ProcessResult.run("trigger", "customer.created", "--key=k", "--url=http://127.0.0.1:1");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("no service is listening").contains("--url").hasLineCount(1);
  }
}
