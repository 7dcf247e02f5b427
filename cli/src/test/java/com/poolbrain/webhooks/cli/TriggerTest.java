package com.poolbrain.webhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TriggerTest {

  @Test
  void anUnknownEventSuggestsTheOneThatWasMeant() {
    Run run = Run.of("trigger", "customer.craeted", "--key=k");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("did you mean \"customer.created\"").hasLineCount(1);
  }

  @Test
  void aFieldThatTheEventDoesNotHaveIsNamed() {
    Run run = Run.of("trigger", "customer.created", "--key=k", "--set", "custmerId=7");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("custmerId").contains("customerId").hasLineCount(1);
  }

  @Test
  void moreItemsThanARequestTakesAreRefused() {
    assertThat(Run.of("trigger", "customer.created", "--items=10001").err()).contains("10000");
  }

  @Test
  void aUrlThatIsNoneIsOneSentence() {
    for (String url : new String[] {"localhost:8080", "http://", "ftp://localhost", "http://a b"}) {
      Run run = Run.of("trigger", "customer.created", "--key=k", "--url=" + url);

      assertThat(run.exitCode()).as(url).isEqualTo(2);
      assertThat(run.err()).as(url).contains("http://host:port").hasLineCount(1);
    }
  }

  @Test
  void aServiceThatIsNotThereIsOneSentence() {
    Run run = Run.of("trigger", "customer.created", "--key=k", "--url=http://127.0.0.1:1");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("nothing answers").contains("--url").hasLineCount(1);
  }
}
