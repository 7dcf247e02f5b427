package com.poolbrain.webhooks.web.testsend;

import com.poolbrain.webhooks.web.component.FieldView;
import com.poolbrain.webhooks.web.component.FormError;
import com.poolbrain.webhooks.web.component.SelectView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The form that sends a test with a sample.
///
/// @param path of this page, and target of the form
/// @param endpoint path of the page of the endpoint
/// @param event the events to select from
/// @param chosen name of the selected event
/// @param sample the data to send
/// @param errors what the sample breaks of its schema
/// @param test the result of the test send that was just made; null if there was none
/// @param refusal why nothing was sent; null if it was, or a field is wrong
record TestSendView(
    String path,
    String endpoint,
    String host,
    SelectView event,
    String chosen,
    FieldView sample,
    List<FormError> errors,
    @Nullable TestResultView test,
    @Nullable String refusal) {}
