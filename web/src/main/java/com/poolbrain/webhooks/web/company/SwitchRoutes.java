package com.poolbrain.webhooks.web.company;

import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.management.CompanyManagement;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.store.query.OpenDeliveries;
import com.poolbrain.webhooks.web.component.QuestionView;
import com.poolbrain.webhooks.web.page.CompanyPages;
import com.poolbrain.webhooks.web.page.CompanyRequest;
import com.poolbrain.webhooks.web.page.Numbers;
import com.poolbrain.webhooks.web.page.Tab;
import com.poolbrain.webhooks.web.page.Times;
import com.poolbrain.webhooks.web.page.Toast;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Switches webhooks of a company on at once, and off after a question with numbers.
public final class SwitchRoutes {

  private final CompanyPages pages;
  private final CompanyManagement companies;
  private final Duration retention;

  /// @param retention how long skipped events can be replayed
  public SwitchRoutes(CompanyPages pages, CompanyManagement companies, Duration retention) {
    this.pages = pages;
    this.companies = companies;
    this.retention = retention;
  }

  public List<HttpRoute> routes() {
    return List.of(
        pages.get("/turn-off", Operation.CHANGE_COMPANY, this::ask),
        pages.form("/enabled", Operation.CHANGE_COMPANY, this::set));
  }

  private Response ask(CompanyRequest request) {
    var question =
        new QuestionView(
            "Turn webhooks off?",
            consequences(
                companies.countOpenDeliveries(request.principal(), request.companyId(), null)),
            "Turn off",
            "Keep on",
            request.paths().of("/enabled"),
            Map.of("enabled", "false"),
            request.paths().home(),
            null,
            null);
    return pages.ask(request, Tab.ENDPOINTS, question);
  }

  private List<String> consequences(OpenDeliveries.Counts open) {
    List<String> points = new ArrayList<>();
    if (open.isCapped()) {
      points.add(
          "More than %s deliveries that have not ended stop. They become skipped."
              .formatted(Numbers.format(OpenDeliveries.MAX_COUNT)));
    } else {
      points.add(
          "%s. They become skipped."
              .formatted(
                  Numbers.count(open.retrying(), "pending retry stops", "pending retries stop")));
      if (open.pending() > 0) {
        points.add(
            "%s not sent any more."
                .formatted(Numbers.count(open.pending(), "new delivery is", "new deliveries are")));
      }
    }
    points.add(
        "New events are recorded as skipped and can be replayed for %s."
            .formatted(Times.delay(retention)));
    points.add("Endpoints, events and secrets stay as they are.");
    return points;
  }

  private Response set(CompanyRequest request) throws InterruptedException {
    boolean isEnabled = request.form().text("enabled").equals("true");
    companies.setWebhooksEnabled(request.principal(), request.companyId(), isEnabled);
    return pages.done(request.paths().home(), isEnabled ? Toast.WEBHOOKS_ON : Toast.WEBHOOKS_OFF);
  }
}
