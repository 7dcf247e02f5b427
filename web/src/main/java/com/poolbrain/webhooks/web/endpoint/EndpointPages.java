package com.poolbrain.webhooks.web.endpoint;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Endpoint.DeliveryOptions;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.input.UuidText;
import com.poolbrain.webhooks.management.DeliveryManagement;
import com.poolbrain.webhooks.management.EndpointManagement;
import com.poolbrain.webhooks.management.EndpointWithHealth;
import com.poolbrain.webhooks.management.secret.SecretManagement.RevealedSecrets;
import com.poolbrain.webhooks.web.page.CompanyPages;
import com.poolbrain.webhooks.web.page.CompanyRequest;
import com.poolbrain.webhooks.web.page.Tab;
import com.poolbrain.webhooks.web.page.Times;
import com.poolbrain.webhooks.web.statistics.StatisticsPanels;
import com.poolbrain.webhooks.web.testsend.TestResultView;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Renders the page of an endpoint or its setup, with what the last form did.
final class EndpointPages {

  private static final String TEMPLATE = "endpoint/show.jte";

  private final CompanyPages pages;
  private final SetupPages setupPages;
  private final EndpointManagement endpoints;
  private final DeliveryManagement deliveries;
  private final StatisticsPanels statistics;
  private final DeliveryPromise promise;

  EndpointPages(
      CompanyPages pages,
      SetupPages setupPages,
      EndpointManagement endpoints,
      DeliveryManagement deliveries,
      StatisticsPanels statistics,
      DeliveryPromise promise) {
    this.pages = pages;
    this.setupPages = setupPages;
    this.endpoints = endpoints;
    this.deliveries = deliveries;
    this.statistics = statistics;
    this.promise = promise;
  }

  EndpointWithHealth find(CompanyRequest request) {
    return endpoints.get(request.principal(), request.companyId(), request.endpointId());
  }

  /// The path of the page from which a form was sent: that of the endpoint, or its setup.
  String origin(CompanyRequest request) {
    String path = request.paths().endpoint(request.endpointId());
    return isFromSetup(request) ? path + "/setup" : path;
  }

  private static boolean isFromSetup(CompanyRequest request) {
    return request.form().text("from").equals("setup");
  }

  /// The page from which a form was sent, after the form was refused.
  Response refuse(CompanyRequest request, String advice) {
    return isFromSetup(request)
        ? setupPages.show(409, request, find(request), null, null, advice)
        : show(409, request, null, advice);
  }

  /// The page from which a form was sent, with the secrets.
  Response reveal(CompanyRequest request, RevealedSecrets revealed) {
    return isFromSetup(request)
        ? setupPages.show(200, request, find(request), revealed, null, null)
        : show(200, request, revealed, null);
  }

  /// The setup, with the test send that the query names.
  Response showSetup(CompanyRequest request) {
    return setupPages.show(200, request, find(request), null, test(request), null);
  }

  /// The page of the endpoint.
  ///
  /// @param revealed its secrets; null while they are masked
  /// @param refusal why the last form was refused; null if it was not
  Response show(
      int status,
      CompanyRequest request,
      @Nullable RevealedSecrets revealed,
      @Nullable String refusal) {
    EndpointWithHealth found = find(request);
    Endpoint endpoint = found.endpoint();
    var view =
        new EndpointPageView(
            EndpointHeader.of(found, request.paths(), request.times()),
            SecretView.of(
                request.paths().endpoint(endpoint.id(), "/secret"),
                endpoint.signingSecrets(),
                request.times().now(),
                revealed),
            statistics.of(request, endpoint.id()),
            endpoint.subscribedEvents(),
            facts(endpoint, request.times()),
            test(request),
            refusal);
    return pages.show(
        status, request, Tab.ENDPOINTS, String.valueOf(endpoint.url().getHost()), TEMPLATE, view);
  }

  /// The result of the test send that the query names; null if it names none of this endpoint.
  private @Nullable TestResultView test(CompanyRequest request) {
    UUID id = UuidText.parse(request.query().text("tested"));
    return id == null ? null : TestResultView.find(deliveries, request, id);
  }

  private Map<String, String> facts(Endpoint endpoint, Times times) {
    DeliveryOptions options = endpoint.deliveryOptions();
    Duration timeout = options.timeout();
    Integer concurrency = options.maxConcurrency();
    Double rate = options.ratePerSecond();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Timeout", timeout == null ? promise.timeout() : Times.delay(timeout));
    facts.put("Retries", promise.retries());
    facts.put(
        "Requests at a time", concurrency == null ? promise.concurrency() : concurrency.toString());
    facts.put("Requests per second", rate == null ? "no limit" : rate.toString());
    facts.put("Standard Webhooks headers", options.standardWebhooks() ? "sent too" : "not sent");
    facts.put("Trace context", options.traceContext() ? "sent too" : "not sent");
    facts.put(
        "Alert e-mails",
        endpoint.alertEmails().isEmpty() ? "none" : String.join(", ", endpoint.alertEmails()));
    facts.put("Created", times.absolute(endpoint.createdAt()));
    return facts;
  }
}
