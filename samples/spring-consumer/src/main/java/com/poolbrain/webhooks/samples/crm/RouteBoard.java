package com.poolbrain.webhooks.samples.crm;

import com.poolbrain.webhooks.consumer.WebhookContext;
import com.poolbrain.webhooks.events.payload.OneTimeJobScheduleChanged;
import com.poolbrain.webhooks.spring.WebhookHandler;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Keeps the board that shows which job is on which route.
@Component
class RouteBoard {

  private static final Logger LOG = LoggerFactory.getLogger(RouteBoard.class);

  private final JdbcClient jdbc;
  private final WebhookTransaction transaction;

  RouteBoard(JdbcClient jdbc, WebhookTransaction transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /// Moves jobs: one, or those of a bulk move. A job without a route leaves the board's routes.
  @WebhookHandler
  @Transactional
  public void onMoved(List<OneTimeJobScheduleChanged> jobs, WebhookContext context) {
    for (OneTimeJobScheduleChanged job : jobs) {
      if (transaction.isLatest("job", job.jobId(), context)) {
        move(context.companyId(), job);
        LOG.info("Job {} is on route {}.", job.jobId(), job.currentRouteName());
      }
    }
    transaction.complete(context);
  }

  private void move(long companyId, OneTimeJobScheduleChanged job) {
    int updated =
        jdbc.sql(
                """
                update job set title = ?, technician = ?, route = ?
                where company_id = ? and job_id = ?
                """)
            .params(
                job.jobTitle(),
                job.technicianName(),
                job.currentRouteName(),
                companyId,
                job.jobId())
            .update();
    if (updated == 0) {
      jdbc.sql(
              """
              insert into job (title, technician, route, company_id, job_id)
              values (?, ?, ?, ?, ?)
              """)
          .params(
              job.jobTitle(), job.technicianName(), job.currentRouteName(), companyId, job.jobId())
          .update();
    }
  }
}
