package com.poolbrain.webhooks.web.endpoint;

import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.management.EndpointManagement;
import com.poolbrain.webhooks.management.EndpointWithHealth;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.StatisticsManagement;
import com.poolbrain.webhooks.management.eventtype.EventTypeRegistry;
import com.poolbrain.webhooks.management.notice.RecentNotices;
import com.poolbrain.webhooks.web.notice.NoticeBanner;
import com.poolbrain.webhooks.web.page.CompanyPages;
import com.poolbrain.webhooks.web.page.CompanyRequest;
import com.poolbrain.webhooks.web.page.Tab;
import com.poolbrain.webhooks.web.statistics.CompanyDay;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/// The tab Endpoints.
final class EndpointListRoutes {

  private final CompanyPages pages;
  private final SetupPages setupPages;
  private final EndpointManagement endpoints;
  private final RecentNotices notices;
  private final StatisticsManagement statistics;
  private final Subscription subscription;

  EndpointListRoutes(
      CompanyPages pages,
      SetupPages setupPages,
      EndpointManagement endpoints,
      RecentNotices notices,
      StatisticsManagement statistics,
      EventTypeRegistry eventTypes) {
    this.pages = pages;
    this.setupPages = setupPages;
    this.endpoints = endpoints;
    this.notices = notices;
    this.statistics = statistics;
    this.subscription = new Subscription(eventTypes);
  }

  List<HttpRoute> routes() {
    return List.of(
        pages.get("", Operation.READ_ENDPOINTS, this::list),
        pages.get("/first-steps", Operation.CHANGE_ENDPOINTS, setupPages::showFirst));
  }

  private Response list(CompanyRequest request) {
    List<EndpointWithHealth> all =
        endpoints
            .list(request.principal(), request.companyId(), null, Limits.MAX_ENDPOINTS_PER_COMPANY)
            .items();
    if (all.isEmpty() && request.visitor().mayChange()) {
      return setupPages.showFirst(request);
    }
    String search = request.query().text("q").strip();
    CompanyDay day = CompanyDay.read(statistics, request);
    List<EndpointRow> rows =
        all.stream()
            .filter(found -> matches(found, search.toLowerCase(Locale.ROOT)))
            .map(
                found -> EndpointRow.of(found, day, subscription, request.paths(), request.times()))
            .toList();
    return pages.show(
        request,
        Tab.ENDPOINTS,
        "Endpoints",
        "endpoint/list.jte",
        new EndpointListView(
            rows,
            all.size(),
            Limits.MAX_ENDPOINTS_PER_COMPANY,
            all.isEmpty() ? List.of() : day.figures(request),
            search,
            banners(request, all)));
  }

  private List<NoticeBanner> banners(CompanyRequest request, List<EndpointWithHealth> all) {
    Map<UUID, String> hosts =
        all.stream()
            .collect(
                Collectors.toMap(
                    found -> found.endpoint().id(),
                    found -> String.valueOf(found.endpoint().url().getAuthority())));
    return notices.list(request.principal(), request.companyId()).stream()
        .filter(notice -> hosts.containsKey(notice.endpointId()))
        .map(notice ->
            NoticeBanner.of(notice, hosts.getOrDefault(notice.endpointId(), ""), request.paths()))
        .toList();
  }

  private static boolean matches(EndpointWithHealth found, String search) {
    String text = found.endpoint().url() + " " + found.endpoint().description();
    return text.toLowerCase(Locale.ROOT).contains(search);
  }
}
