package com.poolbrain.webhooks.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.poolbrain.webhooks.consumer.Reply;
import com.poolbrain.webhooks.consumer.WebhookContext;
import com.poolbrain.webhooks.consumer.test.FakeSender;
import com.poolbrain.webhooks.consumer.test.Samples;
import com.poolbrain.webhooks.consumer.test.TestWebhook;
import com.poolbrain.webhooks.consumer.test.spring.WebhookRequest;
import com.poolbrain.webhooks.events.payload.CustomerCreated;
import com.poolbrain.webhooks.events.payload.CustomerStatusUpdated;
import com.poolbrain.webhooks.events.payload.Payload;
import com.poolbrain.webhooks.events.payload.WebhookPing;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.WebApplicationContext;

/// An application with Spring MVC, Spring Security and the actuator.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StarterTest {

  private RunningApplication application;
  private Crm crm;
  private FakeSender sender;

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {

    @Bean
    Crm crm() {
      return new Crm();
    }

    @Bean
    Orders orders() {
      return new Orders();
    }
  }

  static class Crm {

    private final List<Payload> single = new CopyOnWriteArrayList<>();
    private final List<List<CustomerStatusUpdated>> groups = new CopyOnWriteArrayList<>();
    private final List<Payload> others = new CopyOnWriteArrayList<>();
    private final List<UUID> ids = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();

    @WebhookHandler
    void on(CustomerCreated customer, WebhookContext context) {
      single.add(customer);
      ids.add(context.id());
    }

    @WebhookHandler
    void on(List<CustomerStatusUpdated> changes) {
      groups.add(changes);
    }

    @WebhookHandler
    void on(WebhookPing ping) {
      if (failures.getAndDecrement() > 0) {
        throw new IllegalStateException("down");
      }
    }

    @WebhookHandler
    void onOther(Payload other) {
      others.add(other);
    }
  }

  @RestController
  static class Orders {

    @PostMapping({"/orders", RunningApplication.PATH + "/orders"})
    String order() {
      return "ordered";
    }
  }

  @BeforeAll
  void start() {
    application =
        RunningApplication.start(
            Application.class,
            "management.endpoint.health.show-details=always",
            // Its filter reads the parameters of forms, which are in the body.
            "spring.mvc.hiddenmethod.filter.enabled=true");
    crm = application.context().getBean(Crm.class);
    sender = application.sender();
  }

  @AfterAll
  void stop() {
    application.close();
  }

  @BeforeEach
  void forget() {
    crm.single.clear();
    crm.groups.clear();
    crm.others.clear();
    crm.ids.clear();
    crm.failures.set(0);
  }

  @Test
  void runs_with_the_line_of_spring_boot_that_the_build_names() {
    assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("boot.version"));
  }

  @Test
  void handler_of_one_item_is_called_for_each_item_with_the_context() throws Exception {
    TestWebhook webhook = RunningApplication.KIT.signed(Samples.customersImported());

    assertThat(sender.send(webhook).status()).isEqualTo(200);
    assertThat(crm.single).hasSizeGreaterThan(1).allMatch(CustomerCreated.class::isInstance);
    assertThat(crm.ids).containsOnly(webhook.id());
    assertThat(sender.send(webhook.attempt(2)).answer()).isEqualTo("duplicate");
  }

  @Test
  void handler_of_a_list_gets_a_single_item_too() throws Exception {
    sender.send(RunningApplication.KIT.signed(Samples.customerStatusUpdated(7, "lead")));

    assertThat(crm.groups)
        .singleElement()
        .satisfies(group -> assertThat(group.get(0).customerId()).isEqualTo(7));
  }

  @Test
  void handler_of_any_payload_gets_what_has_no_handler() throws Exception {
    sender.send(RunningApplication.KIT.signed(Samples.unknownEvent()));
    sender.send(RunningApplication.KIT.signed(Samples.oneTimeJobCreated()));

    assertThat(crm.others).hasSize(2);
  }

  @Test
  void body_reaches_the_receiver_before_a_filter_reads_the_parameters_of_a_form() throws Exception {
    TestWebhook form =
        RunningApplication.KIT
            .signed(Samples.customerCreated())
            .withHeader("Content-Type", "application/x-www-form-urlencoded");

    assertThat(sender.send(form).status()).isEqualTo(200);
  }

  @Test
  void mock_mvc_sends_webhooks_through_the_filter() throws Exception {
    var filter =
        application.context().getBean("poolbrainWebhookFilter", FilterRegistrationBean.class);
    MockMvc mockMvc =
        MockMvcBuilders.webAppContextSetup((WebApplicationContext) application.context())
            .addFilter(filter.getFilter(), RunningApplication.PATH)
            .build();
    TestWebhook webhook = RunningApplication.KIT.signed(Samples.customerCreated());

    mockMvc
        .perform(WebhookRequest.post(RunningApplication.PATH, webhook))
        .andExpect(status().isOk());
    mockMvc
        .perform(WebhookRequest.post(RunningApplication.PATH, webhook.withWrongSignature()))
        .andExpect(status().isUnauthorized());
    assertThat(crm.single).hasSize(1);
  }

  @Test
  void only_the_path_of_the_endpoint_needs_no_csrf_token_and_no_login() throws Exception {
    assertThat(sender.send(RunningApplication.KIT.signed(Samples.webhookPing())).status())
        .isEqualTo(200);
    assertThat(application.post(RunningApplication.PATH).statusCode()).isEqualTo(401);
    for (String path :
        List.of("/orders", RunningApplication.PATH + "/orders", RunningApplication.PATH + "/")) {
      assertThat(application.post(path).statusCode()).as(path).isIn(401, 403);
      assertThat(application.post(path).body()).as(path).doesNotContain("signature", "ordered");
    }
  }

  @Test
  void wrong_signatures_garbage_and_other_methods_are_refused() throws Exception {
    TestWebhook webhook = RunningApplication.KIT.signed(Samples.customerCreated());

    assertThat(sender.send(webhook.withWrongSignature()).status()).isEqualTo(401);
    assertThat(sender.send(RunningApplication.KIT.signedGarbage()).status()).isEqualTo(400);
    assertThat(application.get(RunningApplication.PATH).statusCode()).isEqualTo(405);
    assertThat(crm.single).isEmpty();
  }

  @Test
  void five_failures_in_a_row_make_the_application_unhealthy_until_a_success() throws Exception {
    crm.failures.set(4);
    assertThat(sender.deliver(RunningApplication.KIT.signed(Samples.webhookPing())))
        .extracting(FakeSender.Attempt::status)
        .containsExactly(500, 500, 500, 500);
    assertThat(application.get("/actuator/health").statusCode()).isEqualTo(200);

    crm.failures.set(1);
    TestWebhook last = RunningApplication.KIT.signed(Samples.webhookPing());
    sender.send(last);
    assertThat(application.get("/actuator/health").statusCode()).isEqualTo(503);
    assertThat(application.get("/actuator/health").body())
        .contains("poolbrainWebhooks", "\"failuresInARow\":5");

    sender.send(last.attempt(2));
    assertThat(application.get("/actuator/health").statusCode()).isEqualTo(200);
  }

  @Test
  void counters_tell_replies_and_results_of_handlers_apart() throws Exception {
    double refused = requests("unauthorized");
    double handled = requests("handled");
    double failedPings = calls("WebhookPing", "failed");
    crm.failures.set(1);

    sender.deliver(RunningApplication.KIT.signed(Samples.webhookPing()));
    sender.send(RunningApplication.KIT.signed(Samples.customerCreated()).withWrongSignature());

    assertThat(requests("unauthorized")).isEqualTo(refused + 1);
    assertThat(requests("handled")).isEqualTo(handled + 1);
    assertThat(calls("WebhookPing", "failed")).isEqualTo(failedPings + 1);
  }

  @Test
  void every_kind_of_reply_has_a_counter() {
    assertThat(WebhookActivity.REPLIES.keySet().stream().map(Class::getName))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Reply.class.getPermittedSubclasses()).map(Class::getName).toList());
  }

  private double requests(String reply) {
    return registry()
        .get("poolbrain.webhooks.requests")
        .tag("reply", reply)
        .functionCounter()
        .count();
  }

  private double calls(String event, String result) {
    return registry()
        .get("poolbrain.webhooks.handler.calls")
        .tags("event", event, "result", result)
        .functionCounter()
        .count();
  }

  private MeterRegistry registry() {
    return application.context().getBean(MeterRegistry.class);
  }
}
