package com.poolbrain.webhooks.samples.crm;

import com.poolbrain.webhooks.consumer.jdbc.JdbcIdempotencyStore;
import com.poolbrain.webhooks.consumer.jdbc.JdbcLatestOnly;
import com.poolbrain.webhooks.spring.WebhookReceiverCustomizer;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/// Receives webhooks at `/webhooks/poolbrain`. The starter does that; the beans here say where to
/// remember what was handled.
@SpringBootApplication(proxyBeanMethods = false)
public class CrmApplication {

  /// Starts the application.
  public static void main(String[] arguments) {
    SpringApplication.run(CrmApplication.class, arguments);
  }

  @Bean
  JdbcIdempotencyStore webhooks(DataSource dataSource) {
    return JdbcIdempotencyStore.of(dataSource);
  }

  @Bean
  JdbcLatestOnly latest(DataSource dataSource) {
    return JdbcLatestOnly.of(dataSource);
  }

  /// After this time, another process may handle what a killed one was handling.
  @Bean
  WebhookReceiverCustomizer lease(@Value("${crm.lease:4m}") Duration lease) {
    return builder -> builder.lease(lease);
  }
}
