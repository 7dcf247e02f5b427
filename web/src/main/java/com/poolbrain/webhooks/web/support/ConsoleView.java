package com.poolbrain.webhooks.web.support;

import com.poolbrain.webhooks.web.component.FieldView;
import com.poolbrain.webhooks.web.component.FormError;
import com.poolbrain.webhooks.web.component.PagerView;
import com.poolbrain.webhooks.web.component.SelectView;
import com.poolbrain.webhooks.web.component.StatusView;
import com.poolbrain.webhooks.web.component.TrailStep;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The support console.
///
/// @param isAsked whether something was looked up
/// @param notFound why nothing was found, in words; null if something was, or nothing was asked
/// @param searchedBackTo set if older events were not searched
record ConsoleView(
    String path,
    FieldView what,
    FieldView time,
    SelectView window,
    FieldView company,
    List<FormError> errors,
    boolean isAsked,
    List<EventView> events,
    @Nullable String notFound,
    @Nullable Instant searchedBackTo,
    PagerView pager,
    SystemView system) {

  /// An event that was found.
  ///
  /// @param company name and id
  /// @param items in words; empty for one
  /// @param summary where it went, in words
  /// @param text the timeline to copy
  record EventView(
      String id,
      String type,
      String company,
      String items,
      Instant occurredAt,
      Instant acceptedAt,
      String summary,
      List<EndpointView> endpoints,
      List<TrailStep> steps,
      String text) {}

  /// Why an endpoint got the event or did not.
  ///
  /// @param reason null if there is nothing to explain
  /// @param advice what to tell the customer; null for nothing
  /// @param delivery null if there is none
  record EndpointView(
      String url,
      String id,
      StatusView decision,
      @Nullable String reason,
      @Nullable String advice,
      @Nullable DeliveryCell delivery) {

    /// Path and query of the URL may have tokens.
    @Override
    public String toString() {
      return "EndpointView[" + id + "]";
    }
  }

  /// A delivery in short.
  record DeliveryCell(String id, StatusView status, String result, @Nullable Instant next) {}

  /// The health of the system.
  ///
  /// @param oldestDue null if nothing is overdue
  record SystemView(
      boolean isHealthy,
      String waiting,
      String running,
      @Nullable Instant oldestDue,
      String nodes,
      boolean isDatabaseReachable,
      boolean isLeaseFresh,
      List<FailingRow> failing) {}

  /// An endpoint that fails.
  record FailingRow(String url, String companyId, Instant since) {

    /// Path and query of the URL may have tokens.
    @Override
    public String toString() {
      return "FailingRow[" + companyId + "]";
    }
  }
}
