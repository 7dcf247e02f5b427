package com.poolbrain.webhooks.web.delivery;

import com.poolbrain.webhooks.web.component.ChipView;
import com.poolbrain.webhooks.web.component.ExportView;
import com.poolbrain.webhooks.web.component.FieldView;
import com.poolbrain.webhooks.web.component.FormError;
import com.poolbrain.webhooks.web.component.PagerView;
import com.poolbrain.webhooks.web.component.SelectView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The log of deliveries.
///
/// @param path without filters
/// @param self with these filters and this page
/// @param export exports the list with these filters
/// @param live path of the changes of the list; null if they can't be followed
/// @param content what is shown below the filters
record DeliveryListView(
    String path,
    String self,
    FieldView search,
    List<SelectView> selects,
    FieldView from,
    FieldView to,
    String zone,
    List<ChipView> chips,
    List<FormError> errors,
    ExportView export,
    @Nullable String live,
    Content content,
    PagerView pager) {

  /// What is shown instead of the rows, or the rows.
  sealed interface Content {}

  /// The deliveries of the page.
  ///
  /// @param searchedBackTo set if the search stopped before the page was full
  record Rows(List<DeliveryRow> rows, @Nullable Instant searchedBackTo) implements Content {}

  /// No match yet, but older deliveries were not searched.
  record NothingYet(Instant searchedBackTo, String older) implements Content {}

  /// No delivery matches the filters.
  record NoMatch() implements Content {}

  /// The company has no deliveries.
  record Empty() implements Content {}

  /// The page is behind the last one.
  record AtTheEnd(String first) implements Content {}

  /// A filter is not valid.
  record InvalidFilter() implements Content {}

  /// The search took too long, or the database is not available.
  record Failed(String title, String text) implements Content {}

  /// Whether the page has rows.
  boolean hasRows() {
    return content instanceof Rows;
  }
}
