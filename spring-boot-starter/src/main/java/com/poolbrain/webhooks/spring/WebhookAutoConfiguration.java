package com.poolbrain.webhooks.spring;

import com.poolbrain.webhooks.consumer.IdempotencyStore;
import com.poolbrain.webhooks.consumer.Inbox;
import com.poolbrain.webhooks.consumer.WebhookReceiver;
import com.poolbrain.webhooks.consumer.WebhookReceiverBuilder;
import com.poolbrain.webhooks.consumer.servlet.WebhookServlet;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/// Receives webhooks at `poolbrain.webhooks.path` with the methods that have [WebhookHandler].
///
/// A bean of type [IdempotencyStore] remembers handled deliveries, or one of type [Inbox] stores
/// them; without either, the memory of this process does. An application with a [WebhookReceiver]
/// of its own keeps that.
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(WebhookProperties.class)
public final class WebhookAutoConfiguration {

  /// After the filters that set the encoding, the address of the client and the trace; before
  /// sessions and security.
  private static final int FILTER_ORDER = Ordered.HIGHEST_PRECEDENCE + 20;

  /// Called by Spring.
  public WebhookAutoConfiguration() {}

  @Bean
  WebhookActivity poolbrainWebhookActivity() {
    return new WebhookActivity();
  }

  @Bean
  @ConditionalOnMissingBean
  WebhookReceiver poolbrainWebhookReceiver(
      WebhookProperties properties,
      ConfigurableListableBeanFactory beans,
      WebhookActivity activity,
      ObjectProvider<IdempotencyStore> store,
      ObjectProvider<Inbox> inbox,
      ObjectProvider<WebhookReceiverCustomizer> customizers) {
    WebhookReceiverBuilder builder = WebhookReceiver.builder();
    properties.configuredSecrets().forEach(builder::secret);
    HandlerMethods.find(beans, activity).forEach(handler -> handler.addTo(builder));
    store.ifAvailable(builder::idempotency);
    inbox.ifAvailable(builder::inbox);
    customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
    try {
      return builder.build();
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw new WebhookConfigurationException(
          "The receiver of webhooks can't be built. " + e.getMessage(),
          "A secret comes from poolbrain.webhooks.secret, a handler is a method of a bean with"
              + " @WebhookHandler, and a store is a bean.",
          e);
    }
  }

  @Bean
  FilterRegistrationBean<WebhookFilter> poolbrainWebhookFilter(
      WebhookReceiver receiver, WebhookProperties properties, WebhookActivity activity) {
    var servlet = new WebhookServlet(receiver, activity::replied);
    var registration = new FilterRegistrationBean<>(new WebhookFilter(servlet));
    registration.addUrlPatterns(properties.checkedPath());
    registration.setOrder(FILTER_ORDER);
    return registration;
  }

  /// Counters, if the application has Micrometer.
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(MeterBinder.class)
  static class Metrics {

    Metrics() {}

    @Bean
    WebhookMetrics poolbrainWebhookMetrics(WebhookActivity activity, WebhookReceiver receiver) {
      return new WebhookMetrics(activity);
    }
  }

  /// Health in Spring Boot 3.
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
  static class Boot3Health {

    Boot3Health() {}

    @Bean
    @org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator(
        "poolbrain-webhooks")
    org.springframework.boot.actuate.health.HealthIndicator poolbrainWebhooksHealthIndicator(
        WebhookActivity activity) {
      return () ->
          (activity.isHealthy()
                  ? org.springframework.boot.actuate.health.Health.up()
                  : org.springframework.boot.actuate.health.Health.down())
              .withDetail("failuresInARow", activity.failuresInARow())
              .build();
    }
  }

  /// Health in Spring Boot 4.
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
  static class Boot4Health {

    Boot4Health() {}

    @Bean
    @org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator(
        "poolbrain-webhooks")
    org.springframework.boot.health.contributor.HealthIndicator poolbrainWebhooksHealthIndicator(
        WebhookActivity activity) {
      return () ->
          (activity.isHealthy()
                  ? org.springframework.boot.health.contributor.Health.up()
                  : org.springframework.boot.health.contributor.Health.down())
              .withDetail("failuresInARow", activity.failuresInARow())
              .build();
    }
  }
}
