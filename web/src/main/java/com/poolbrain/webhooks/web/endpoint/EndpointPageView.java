package com.poolbrain.webhooks.web.endpoint;

import com.poolbrain.webhooks.web.statistics.StatisticsPanel;
import com.poolbrain.webhooks.web.testsend.TestResultView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The page of one endpoint.
///
/// @param events the names that it subscribed
/// @param facts its options, by their labels
/// @param test the result of the test send that was just made; null if there was none
/// @param refusal why the last form was refused; null if it was not
record EndpointPageView(
    EndpointHeader header,
    SecretView secret,
    StatisticsPanel statistics,
    List<String> events,
    Map<String, String> facts,
    @Nullable TestResultView test,
    @Nullable String refusal) {}
