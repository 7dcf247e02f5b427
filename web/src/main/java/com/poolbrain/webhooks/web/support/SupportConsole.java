package com.poolbrain.webhooks.web.support;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.engine.EngineStats;
import com.poolbrain.webhooks.http.input.FormFields;
import com.poolbrain.webhooks.http.input.UuidText;
import com.poolbrain.webhooks.management.CompanyManagement;
import com.poolbrain.webhooks.management.EndpointLimits;
import com.poolbrain.webhooks.management.ManagementException.NotFound;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.management.support.LookupPage;
import com.poolbrain.webhooks.management.support.SupportLookup;
import com.poolbrain.webhooks.management.support.SystemHealth;
import com.poolbrain.webhooks.management.support.UrlLookup;
import com.poolbrain.webhooks.web.component.FormError;
import com.poolbrain.webhooks.web.component.PagerView;
import com.poolbrain.webhooks.web.page.ListFilters;
import com.poolbrain.webhooks.web.page.Numbers;
import com.poolbrain.webhooks.web.page.PageTrail;
import com.poolbrain.webhooks.web.page.Times;
import com.poolbrain.webhooks.web.support.ConsoleView.FailingRow;
import com.poolbrain.webhooks.web.support.ConsoleView.SystemView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Looks events up for operators: by an id, or by the URL of an endpoint and a time.
public final class SupportConsole {

  private static final int PAGE_SIZE = 10;
  private static final Map<String, Duration> WINDOWS = windows();

  private final SupportLookup lookup;
  private final SystemHealth health;
  private final CompanyManagement companies;

  public SupportConsole(SupportLookup lookup, SystemHealth health, CompanyManagement companies) {
    this.lookup = lookup;
    this.health = health;
    this.companies = companies;
  }

  private static Map<String, Duration> windows() {
    Map<String, Duration> windows = new LinkedHashMap<>();
    windows.put("1h", Duration.ofHours(1));
    windows.put("12h", Duration.ofHours(12));
    windows.put("24h", UrlLookup.MAX_WINDOW);
    return windows;
  }

  private static Map<String, String> windowOptions() {
    Map<String, String> options = new LinkedHashMap<>();
    WINDOWS.forEach((value, window) -> options.put(value, "± " + Times.delay(window)));
    return options;
  }

  /// What an operator asks for.
  ///
  /// @param id null if the text is a URL
  private record Question(
      @Nullable UUID id,
      @Nullable String url,
      @Nullable Instant at,
      Duration window,
      @Nullable Long companyId) {

    /// The URL may have tokens.
    @Override
    public String toString() {
      return "Question[hidden]";
    }
  }

  /// What was found.
  private record Found(LookupPage page, @Nullable String notFound) {

    static Found nothing(@Nullable String why) {
      return new Found(new LookupPage(List.of(), null), why);
    }
  }

  /// @param path of the console
  ConsoleView view(Principal principal, String path, FormFields query, Times times) {
    var filters = new ListFilters(path, query, times);
    Question question = parse(filters);
    List<FormError> errors = new ArrayList<>(filters.errors());
    if (question.url() != null && question.at() == null && errors.isEmpty()) {
      errors.add(
          new FormError(
              "f-at", "Time", "give the time that the customer saw, because this is a URL."));
    }
    boolean isAsked = question.id() != null || question.url() != null;
    Found found =
        isAsked && errors.isEmpty()
            ? find(principal, question, filters.trail())
            : Found.nothing(null);
    var views = new EventViews(times, id -> companies.get(principal, id).name());
    LookupPage page = found.page();
    UUID next = page.next();
    PageTrail trail = filters.trail();
    return new ConsoleView(
        path,
        filters.field("q", "Event ID, delivery ID or endpoint URL"),
        filters.timeField("at", "Time"),
        filters.select(
            "window", "Window", "± " + Times.delay(UrlLookup.DEFAULT_WINDOW), windowOptions()),
        filters.field("company_id", "Company"),
        errors,
        isAsked && errors.isEmpty(),
        page.events().stream().map(views::of).toList(),
        found.notFound(),
        page.searchedBackTo(),
        new PagerView(
            Numbers.count(page.events().size(), "event", "events") + " on this page",
            trail.isFirst() ? null : filters.at(trail.newer()),
            next == null ? null : filters.at(trail.older(next))),
        system(principal));
  }

  private Question parse(ListFilters filters) {
    String text =
        filters.text("q", "Event ID, delivery ID or endpoint URL", EndpointLimits.MAX_URL_LENGTH);
    UUID id = text == null ? null : UuidText.parse(text);
    Instant at = filters.time("at", "Time", false);
    Duration window =
        filters.parsed(
            "window",
            "Window",
            4,
            WINDOWS::get,
            Duration::toString,
            _ -> "select one of the list.");
    Long companyId =
        filters.parsed(
            "company_id",
            "Company",
            16,
            SupportConsole::companyId,
            String::valueOf,
            _ -> "give the number of a company, or leave it empty.");
    return new Question(
        id,
        id == null ? text : null,
        at,
        window == null ? UrlLookup.DEFAULT_WINDOW : window,
        companyId);
  }

  private static @Nullable Long companyId(String text) {
    if (!text.matches("[0-9]{1,16}")) {
      return null;
    }
    long id = Long.parseLong(text);
    return id < Company.MIN_ID || id > Company.MAX_ID ? null : Long.valueOf(id);
  }

  private Found find(Principal principal, Question question, PageTrail trail) {
    try {
      if (question.id() != null) {
        return new Found(lookup.byId(principal, question.id()), null);
      }
      List<UUID> position = trail.position();
      LookupPage page =
          lookup.byUrl(
              principal,
              new UrlLookup(
                  String.valueOf(question.url()),
                  question.at() == null ? Instant.EPOCH : question.at(),
                  question.window(),
                  question.companyId()),
              position == null ? null : position.getFirst(),
              PAGE_SIZE);
      return page.events().isEmpty() && page.next() == null
          ? Found.nothing(
              "No event was accepted for an endpoint of this URL in this window. Check the URL and"
                  + " the time, which is in UTC, or widen the window.")
          : new Found(page, null);
    } catch (NotFound notFound) {
      return Found.nothing(notFound.getMessage());
    }
  }

  private SystemView system(Principal principal) {
    SystemHealth.Health now = health.get(principal);
    EngineStats node = now.node();
    return new SystemView(
        now.isHealthy(),
        Numbers.count(node.waiting(), "delivery", "deliveries"),
        Numbers.count(node.inFlight(), "attempt", "attempts"),
        node.oldestUnownedDue(),
        Numbers.format(node.liveNodes()) + " alive",
        now.isDatabaseReachable(),
        node.isLeaseFresh(),
        now.failing().stream()
            .map(failing ->
                new FailingRow(failing.url(), Long.toString(failing.companyId()), failing.since()))
            .toList());
  }
}
