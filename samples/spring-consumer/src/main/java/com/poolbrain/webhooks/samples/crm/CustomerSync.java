package com.poolbrain.webhooks.samples.crm;

import com.poolbrain.webhooks.consumer.WebhookContext;
import com.poolbrain.webhooks.events.payload.CustomerCreated;
import com.poolbrain.webhooks.events.payload.CustomerStatusUpdated;
import com.poolbrain.webhooks.spring.WebhookHandler;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Keeps the customers of the CRM as they are in Pool Brain.
@Component
class CustomerSync {

  private static final Logger LOG = LoggerFactory.getLogger(CustomerSync.class);

  private final JdbcClient jdbc;
  private final WebhookTransaction transaction;

  CustomerSync(JdbcClient jdbc, WebhookTransaction transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /// Adds customers: one, or those of an import.
  @WebhookHandler
  @Transactional
  public void onCreated(List<CustomerCreated> customers, WebhookContext context) {
    for (CustomerCreated customer : customers) {
      save(context.companyId(), customer.customerId(), customer.displayName());
      LOG.info("Customer {} was created.", customer.customerId());
    }
    transaction.complete(context);
  }

  /// Notes each change of a status, and shows the latest one.
  @WebhookHandler
  @Transactional
  public void onStatus(List<CustomerStatusUpdated> changes, WebhookContext context) {
    for (CustomerStatusUpdated change : changes) {
      String status = change.currentStatus().name().toLowerCase(Locale.ROOT);
      jdbc.sql("insert into status_change values (?, ?, ?, ?)")
          .params(context.companyId(), change.customerId(), status, context.timestamp().toString())
          .update();
      if (transaction.isLatest("customer-status", change.customerId(), context)) {
        save(context.companyId(), change.customerId(), change.displayName());
        jdbc.sql("update customer set status = ? where company_id = ? and customer_id = ?")
            .params(status, context.companyId(), change.customerId())
            .update();
      }
      LOG.info("Customer {} became {}.", change.customerId(), status);
    }
    transaction.complete(context);
  }

  /// The status may come before the customer, so both add it.
  private void save(long companyId, long customerId, String name) {
    int updated =
        jdbc.sql("update customer set name = ? where company_id = ? and customer_id = ?")
            .params(name, companyId, customerId)
            .update();
    if (updated == 0) {
      jdbc.sql("insert into customer (company_id, customer_id, name) values (?, ?, ?)")
          .params(companyId, customerId, name)
          .update();
    }
  }
}
