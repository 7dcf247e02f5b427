package com.poolbrain.webhooks.store.statistics;

import com.poolbrain.webhooks.domain.statistics.Health;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The health of an endpoint as it is shown.
///
/// @param since when the status began
/// @param lastDeliveryAt when a delivery was last delivered, to the minute; null for never
/// @param certificateExpiresAt end of the certificate that the endpoint showed last; null if it
///   showed none
public record EndpointStatus(
    Health health,
    Instant since,
    @Nullable Instant lastDeliveryAt,
    @Nullable Instant certificateExpiresAt) {}
