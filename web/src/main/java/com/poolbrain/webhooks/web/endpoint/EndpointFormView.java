package com.poolbrain.webhooks.web.endpoint;

import com.poolbrain.webhooks.web.component.FieldView;
import com.poolbrain.webhooks.web.component.FormError;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The form of a new endpoint, or of one that is changed.
///
/// @param endpointId null for a new one
/// @param heading of the page
/// @param action target of the form
/// @param back path to return to without saving
/// @param checkUrl path that checks the URL while it is typed
/// @param eventsError why the ticked events can't be saved; null if they can
/// @param conflict what was changed meanwhile; null if nothing was
/// @param retries when a failed delivery is sent again, in words
record EndpointFormView(
    @Nullable UUID endpointId,
    String heading,
    String action,
    String back,
    String checkUrl,
    FieldView url,
    UrlChecksView checks,
    List<EventChoice.Group> groups,
    @Nullable String eventsError,
    FieldView description,
    FieldView alertEmails,
    List<FieldView> limits,
    boolean standardWebhooks,
    @Nullable String standardWebhooksError,
    boolean traceContext,
    boolean isAdvancedOpen,
    String version,
    List<FormError> errors,
    @Nullable String conflict,
    String retries) {

  boolean isNew() {
    return endpointId == null;
  }

  /// The text of the button that saves.
  String verb() {
    return isNew() ? "Create endpoint" : "Save";
  }
}
