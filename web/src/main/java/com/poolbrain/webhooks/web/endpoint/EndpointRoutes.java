package com.poolbrain.webhooks.web.endpoint;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.engine.manual.ManualAttemptResult;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.management.CompanyManagement;
import com.poolbrain.webhooks.management.EndpointInput;
import com.poolbrain.webhooks.management.EndpointManagement;
import com.poolbrain.webhooks.management.Field;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.Result;
import com.poolbrain.webhooks.management.TestSend;
import com.poolbrain.webhooks.management.TestSend.TestEvent;
import com.poolbrain.webhooks.store.query.OpenDeliveries;
import com.poolbrain.webhooks.web.component.QuestionView;
import com.poolbrain.webhooks.web.page.CompanyPages;
import com.poolbrain.webhooks.web.page.CompanyRequest;
import com.poolbrain.webhooks.web.page.Numbers;
import com.poolbrain.webhooks.web.page.Tab;
import com.poolbrain.webhooks.web.page.Times;
import com.poolbrain.webhooks.web.page.Toast;
import com.poolbrain.webhooks.web.testsend.TestSendPages;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The page of one endpoint: shown, set up, tested, paused, deleted.
final class EndpointRoutes {

  private static final String PATH = "/endpoints/{endpoint_id}";

  private final CompanyPages pages;
  private final EndpointPages endpointPages;
  private final TestSendPages testSendPages;
  private final CompanyManagement companies;
  private final EndpointManagement endpoints;
  private final TestSend testSend;
  private final Duration retention;

  EndpointRoutes(
      CompanyPages pages,
      EndpointPages endpointPages,
      TestSendPages testSendPages,
      CompanyManagement companies,
      EndpointManagement endpoints,
      TestSend testSend,
      Duration retention) {
    this.pages = pages;
    this.endpointPages = endpointPages;
    this.testSendPages = testSendPages;
    this.companies = companies;
    this.endpoints = endpoints;
    this.testSend = testSend;
    this.retention = retention;
  }

  List<HttpRoute> routes() {
    var change = Operation.CHANGE_ENDPOINTS;
    return List.of(
        pages.get(
            PATH,
            Operation.READ_ENDPOINTS,
            request -> endpointPages.show(200, request, null, null)),
        pages.get(PATH + "/setup", change, endpointPages::showSetup),
        pages.get(PATH + "/test", Operation.TEST_ENDPOINT, testSendPages::show),
        pages.form(PATH + "/test", Operation.TEST_ENDPOINT, this::test),
        pages.form(PATH + "/paused", change, this::pause),
        pages.get(PATH + "/delete", change, this::askDelete),
        pages.form(PATH + "/delete", change, this::delete));
  }

  /// The ping of a button, or what the form with a sample says.
  private Response test(CompanyRequest request) throws InterruptedException {
    if (request.form().has("event")) {
      return testSendPages.send(request);
    }
    Result<ManualAttemptResult.Completed> result =
        testSend.send(
            request.principal(),
            request.companyId(),
            request.endpointId(),
            new TestEvent(null, null));
    return switch (result) {
      case Result.Done<ManualAttemptResult.Completed>(var completed) ->
          pages.seeOther(
              endpointPages.origin(request) + "?tested=" + completed.sent().claim().id());
      case Result.Refused<ManualAttemptResult.Completed>(var advice) ->
          endpointPages.refuse(request, advice);
    };
  }

  private Response pause(CompanyRequest request) throws InterruptedException {
    boolean isPaused = request.form().text("paused").equals("true");
    EndpointInput input =
        new EndpointInput(
            Field.absent(),
            Field.absent(),
            Field.absent(),
            new Field<>(true, isPaused),
            Field.absent(),
            Field.absent(),
            Field.absent(),
            Field.absent(),
            Field.absent(),
            Field.absent(),
            Field.absent());
    return switch (endpoints.update(
        request.principal(), request.companyId(), request.endpointId(), input, null)) {
      case Result.Done<?> _ ->
          pages.done(
              endpointPages.origin(request),
              isPaused ? Toast.ENDPOINT_PAUSED : Toast.ENDPOINT_RESUMED);
      case Result.Refused<?>(var advice) -> endpointPages.refuse(request, advice);
    };
  }

  private Response askDelete(CompanyRequest request) {
    return askDelete(200, request, null);
  }

  private Response askDelete(int status, CompanyRequest request, @Nullable String error) {
    Endpoint endpoint = endpointPages.find(request).endpoint();
    String path = request.paths().endpoint(endpoint.id());
    var question =
        new QuestionView(
            "Delete this endpoint?",
            consequences(
                companies.countOpenDeliveries(
                    request.principal(), request.companyId(), endpoint.id())),
            "Delete",
            "Keep it",
            path + "/delete",
            Map.of(),
            path,
            host(endpoint),
            error);
    return pages.ask(status, request, Tab.ENDPOINTS, question);
  }

  private List<String> consequences(OpenDeliveries.Counts open) {
    long count = open.pending() + open.retrying();
    String openText =
        open.isCapped()
            ? "More than %s deliveries that have not ended become skipped."
                .formatted(Numbers.format(OpenDeliveries.MAX_COUNT))
            : Numbers.count(
                    count,
                    "delivery that has not ended becomes",
                    "deliveries that have not ended become")
                + " skipped.";
    return List.of(
        openText,
        "The log of its deliveries stays for %s.".formatted(Times.delay(retention)),
        "Its signing secret is destroyed at once. This can’t be undone.");
  }

  private static String host(Endpoint endpoint) {
    return String.valueOf(endpoint.url().getHost());
  }

  private Response delete(CompanyRequest request) throws InterruptedException {
    Endpoint endpoint = endpointPages.find(request).endpoint();
    if (!request.form().text("typed").strip().equals(host(endpoint))) {
      return askDelete(422, request, "This is not the host name of the endpoint.");
    }
    endpoints.delete(request.principal(), request.companyId(), endpoint.id());
    return pages.done(request.paths().home(), Toast.ENDPOINT_DELETED);
  }
}
