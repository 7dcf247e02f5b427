package com.poolbrain.webhooks.web.delivery;

import com.poolbrain.webhooks.domain.RetrySchedule;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.management.CompanyManagement;
import com.poolbrain.webhooks.management.DeliveryManagement;
import com.poolbrain.webhooks.management.EndpointManagement;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.Result;
import com.poolbrain.webhooks.store.query.LoggedDelivery;
import com.poolbrain.webhooks.web.component.QuestionView;
import com.poolbrain.webhooks.web.page.CompanyPages;
import com.poolbrain.webhooks.web.page.CompanyRequest;
import com.poolbrain.webhooks.web.page.EndpointNames;
import com.poolbrain.webhooks.web.page.Tab;
import com.poolbrain.webhooks.web.page.Toast;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The page of one delivery, and what can be done with it.
public final class DeliveryPageRoutes {

  private static final String PATH = "/deliveries/{delivery_id}";

  private final CompanyPages pages;
  private final CompanyManagement companies;
  private final DeliveryManagement deliveries;
  private final EndpointManagement endpoints;
  private final DeliveryPageBuilder builder;

  /// @param retention how long deliveries are kept
  public DeliveryPageRoutes(
      CompanyPages pages,
      CompanyManagement companies,
      DeliveryManagement deliveries,
      EndpointManagement endpoints,
      RetrySchedule schedule,
      Duration retention) {
    this.pages = pages;
    this.companies = companies;
    this.deliveries = deliveries;
    this.endpoints = endpoints;
    this.builder = new DeliveryPageBuilder(schedule, retention);
  }

  public List<HttpRoute> routes() {
    return List.of(
        pages.get(PATH, Operation.READ_DELIVERIES, request -> show(200, request, null)),
        pages.form(PATH + "/redeliver", Operation.CHANGE_DELIVERIES, this::redeliver),
        pages.get(PATH + "/cancel", Operation.CHANGE_DELIVERIES, this::askToCancel),
        pages.form(PATH + "/cancel", Operation.CHANGE_DELIVERIES, this::cancel));
  }

  private static UUID id(CompanyRequest request) {
    return request.pathId("delivery_id", "delivery");
  }

  private Response show(int status, CompanyRequest request, @Nullable String error) {
    DeliveryPageView view =
        builder.build(
            request,
            deliveries.get(request.principal(), request.companyId(), id(request)),
            companies.get(request.principal(), request.companyId()),
            EndpointNames.of(endpoints, request),
            error);
    return pages.show(
        status, request, Tab.DELIVERIES, view.event() + " " + view.id(), "delivery/page.jte", view);
  }

  private Response redeliver(CompanyRequest request) throws InterruptedException {
    return done(
        request,
        deliveries.redeliver(request.principal(), request.companyId(), id(request)),
        Toast.DELIVERY_REDELIVERED);
  }

  private Response askToCancel(CompanyRequest request) {
    var delivery =
        deliveries.get(request.principal(), request.companyId(), id(request)).detail().delivery();
    String path = request.paths().delivery(delivery.id());
    return pages.ask(
        request,
        Tab.DELIVERIES,
        new QuestionView(
            "Cancel this delivery?",
            List.of(
                "No further attempt is made. The delivery becomes skipped.",
                "It stays in the log and can be redelivered."),
            "Cancel delivery",
            "Keep it",
            path + "/cancel",
            path));
  }

  private Response cancel(CompanyRequest request) throws InterruptedException {
    return done(
        request,
        deliveries.cancel(request.principal(), request.companyId(), id(request)),
        Toast.DELIVERY_CANCELLED);
  }

  private Response done(CompanyRequest request, Result<LoggedDelivery> result, Toast toast) {
    return switch (result) {
      case Result.Done<LoggedDelivery> _ ->
          pages.done(request.paths().delivery(id(request)), toast);
      case Result.Refused<LoggedDelivery>(String advice) -> show(409, request, advice);
    };
  }
}
