package com.poolbrain.webhooks.samples.crm;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Shows what the webhooks have done.
@RestController
class Views {

  private final JdbcClient jdbc;

  Views(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// A customer of a company.
  ///
  /// @param status the latest one; null before the first change
  /// @param changes how often the status changed
  record Customer(long companyId, long customerId, String name, String status, int changes) {}

  /// A job on the board.
  ///
  /// @param technician null if no technician is assigned
  /// @param route null if the job is on no route
  record Job(long companyId, long jobId, String title, String technician, String route) {}

  @GetMapping("/customers")
  List<Customer> customers() {
    return jdbc.sql(
            """
            select company_id, customer_id, name, status,
              (select count(*) from status_change s where s.company_id = c.company_id
                and s.customer_id = c.customer_id) as changes
            from customer c order by company_id, customer_id
            """)
        .query(Customer.class)
        .list();
  }

  @GetMapping("/board")
  List<Job> board() {
    return jdbc.sql(
            """
            select company_id, job_id, title, technician, route from job
            order by company_id, route, job_id
            """)
        .query(Job.class)
        .list();
  }
}
