package com.poolbrain.webhooks.web.endpoint;

import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.management.CompanyManagement;
import com.poolbrain.webhooks.management.DeliveryManagement;
import com.poolbrain.webhooks.management.EndpointManagement;
import com.poolbrain.webhooks.management.StatisticsManagement;
import com.poolbrain.webhooks.management.TestSend;
import com.poolbrain.webhooks.management.audit.AuditTrail;
import com.poolbrain.webhooks.management.eventtype.EventTypeRegistry;
import com.poolbrain.webhooks.management.notice.RecentNotices;
import com.poolbrain.webhooks.management.probe.UrlChecks;
import com.poolbrain.webhooks.management.secret.SecretManagement;
import com.poolbrain.webhooks.web.page.CompanyPages;
import com.poolbrain.webhooks.web.statistics.StatisticsPanels;
import com.poolbrain.webhooks.web.testsend.TestSendPages;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// All routes of the tab Endpoints.
///
/// @param retention how long deliveries are kept
public record EndpointTab(
    CompanyPages pages,
    CompanyManagement companies,
    EndpointManagement endpoints,
    SecretManagement secrets,
    TestSend testSend,
    DeliveryManagement deliveries,
    StatisticsManagement statistics,
    UrlChecks urlChecks,
    AuditTrail auditTrail,
    EventTypeRegistry eventTypes,
    RecentNotices notices,
    DeliveryPromise promise,
    Duration retention) {

  /// The routes.
  public List<HttpRoute> routes() {
    var setupPages = new SetupPages(pages, auditTrail, deliveries, eventTypes, promise);
    var endpointPages =
        new EndpointPages(
            pages, setupPages, endpoints, deliveries, new StatisticsPanels(statistics), promise);
    return Stream.of(
            new EndpointListRoutes(pages, setupPages, endpoints, notices, statistics, eventTypes)
                .routes(),
            new EndpointFormRoutes(pages, endpoints, deliveries, urlChecks, eventTypes, promise)
                .routes(),
            new EndpointRoutes(
                    pages,
                    endpointPages,
                    new TestSendPages(pages, endpoints, deliveries, testSend, eventTypes),
                    companies,
                    endpoints,
                    testSend,
                    retention)
                .routes(),
            new SecretRoutes(pages, endpointPages, secrets).routes())
        .flatMap(List::stream)
        .toList();
  }
}
