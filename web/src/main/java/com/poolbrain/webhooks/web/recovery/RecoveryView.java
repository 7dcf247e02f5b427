package com.poolbrain.webhooks.web.recovery;

import com.poolbrain.webhooks.web.component.FieldView;
import com.poolbrain.webhooks.web.component.FormError;
import com.poolbrain.webhooks.web.component.PagerView;
import com.poolbrain.webhooks.web.component.SelectView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The tab Recovery.
///
/// @param form null if there is nothing to recover, or the user may not
/// @param refusal why the last form was refused; null if it was not
record RecoveryView(@Nullable Form form, @Nullable String refusal, Jobs jobs) {

  /// The form that asks for a job.
  ///
  /// @param action where its question is
  record Form(
      String action,
      SelectView endpoint,
      FieldView since,
      FieldView rate,
      List<FormError> errors) {}

  /// The jobs of one page of the list.
  ///
  /// @param self path of this page of the list
  record Jobs(String self, List<JobRow> running, List<JobRow> past, PagerView pager) {}
}
