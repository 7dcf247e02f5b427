package com.poolbrain.webhooks.web.audit;

import com.poolbrain.webhooks.web.component.ChipView;
import com.poolbrain.webhooks.web.component.ExportView;
import com.poolbrain.webhooks.web.component.FieldView;
import com.poolbrain.webhooks.web.component.FormError;
import com.poolbrain.webhooks.web.component.PagerView;
import com.poolbrain.webhooks.web.component.SelectView;
import java.util.List;

/// The tab Audit.
///
/// @param path without filters
/// @param export exports the list with these filters
record AuditView(
    String path,
    SelectView action,
    FieldView actor,
    FieldView from,
    FieldView to,
    String zone,
    List<ChipView> chips,
    List<FormError> errors,
    ExportView export,
    List<AuditRow> rows,
    PagerView pager) {

  /// Whether filters hide all entries.
  boolean isFiltered() {
    return !chips.isEmpty() || !errors.isEmpty();
  }
}
