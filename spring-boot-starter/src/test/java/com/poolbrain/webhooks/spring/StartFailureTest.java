package com.poolbrain.webhooks.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.poolbrain.webhooks.consumer.WebhookReceiver;
import com.poolbrain.webhooks.consumer.test.FakeSender;
import com.poolbrain.webhooks.consumer.test.Samples;
import com.poolbrain.webhooks.consumer.test.WebhookTestKit;
import com.poolbrain.webhooks.events.payload.CustomerCreated;
import com.poolbrain.webhooks.events.payload.WebhookPing;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// An application that can't receive webhooks does not start, and says what to do.
@ExtendWith(OutputCaptureExtension.class)
class StartFailureTest {

  private static final String SECRET = "poolbrain.webhooks.secret=" + RunningApplication.SECRET;

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class WithHandler {

    @WebhookHandler
    void on(WebhookPing ping) {}
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class WithoutHandler {}

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class WithTwoHandlers {

    @WebhookHandler
    void first(CustomerCreated customer) {}

    @WebhookHandler
    void second(List<CustomerCreated> customers) {}
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class WithWrongHandler {

    @WebhookHandler
    void on(String body) {}
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class WithReceiver {

    @Bean
    WebhookReceiver receiver() {
      return WebhookReceiver.builder()
          .secret(RunningApplication.SECRET)
          .on(WebhookPing.class, (pings, context) -> {})
          .build();
    }
  }

  @Test
  void without_a_secret(CapturedOutput output) {
    assertRefused(WithHandler.class, List.of());
    assertThat(output).contains("APPLICATION FAILED TO START", "POOLBRAIN_WEBHOOKS_SECRET");
  }

  @Test
  void with_an_empty_secret(CapturedOutput output) {
    assertRefused(WithHandler.class, List.of("poolbrain.webhooks.secret="));
    assertThat(output).contains("poolbrain.webhooks.secret is not set");
  }

  @Test
  void with_a_secret_of_a_wrong_form(CapturedOutput output) {
    assertRefused(WithHandler.class, List.of("poolbrain.webhooks.secrets[0]=sesame\t"));
    assertThat(output).contains("APPLICATION FAILED TO START").doesNotContain("sesame");
  }

  @Test
  void without_a_handler(CapturedOutput output) {
    assertRefused(WithoutHandler.class, List.of(SECRET));
    assertThat(output).contains("has no handler", "@WebhookHandler");
  }

  @Test
  void with_two_handlers_of_one_event(CapturedOutput output) {
    assertRefused(WithTwoHandlers.class, List.of(SECRET));
    assertThat(output)
        .contains("Two methods handle CustomerCreated", "WithTwoHandlers.first", ".second");
  }

  @Test
  void with_a_handler_of_something_else(CapturedOutput output) {
    assertRefused(WithWrongHandler.class, List.of(SECRET));
    assertThat(output).contains("WithWrongHandler.on can't be a @WebhookHandler", "List");
  }

  @Test
  void with_a_pattern_as_path(CapturedOutput output) {
    assertRefused(WithHandler.class, List.of(SECRET, "poolbrain.webhooks.path=/webhooks/*"));
    assertThat(output).contains("\"/webhooks/*\"");
  }

  @Test
  void while_a_secret_is_rolled_both_are_accepted() throws Exception {
    try (var application =
        RunningApplication.start(
            WithHandler.class,
            "poolbrain.webhooks.secrets=whsec_the_next_one,",
            "poolbrain.webhooks.path=/hooks",
            "server.servlet.context-path=/shop")) {
      var sender = new FakeSender(application.url("/shop/hooks"));
      for (String secret : List.of(RunningApplication.SECRET, "whsec_the_next_one")) {
        assertThat(sender.send(WebhookTestKit.secret(secret).signed(Samples.webhookPing())))
            .matches(attempt -> attempt.isAcknowledged(), secret);
      }
    }
  }

  @Test
  void receiver_of_the_application_needs_no_settings() throws Exception {
    try (var application = RunningApplication.startWith(WithReceiver.class, List.of())) {
      assertThat(
              application
                  .sender()
                  .send(RunningApplication.KIT.signed(Samples.webhookPing()))
                  .status())
          .isEqualTo(200);
    }
  }

  private static void assertRefused(Class<?> application, List<String> properties) {
    assertThat(catchThrowable(() -> RunningApplication.startWith(application, properties)))
        .rootCause()
        .isInstanceOf(RuntimeException.class);
  }
}
