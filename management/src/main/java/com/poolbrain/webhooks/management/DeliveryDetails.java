package com.poolbrain.webhooks.management;

import com.poolbrain.webhooks.engine.request.WebhookRequest;
import com.poolbrain.webhooks.store.query.DeliveryDetail;
import org.jspecify.annotations.Nullable;

/// A delivery with its attempts and its request.
///
/// @param request of an attempt made now; null if the endpoint was deleted or its secret can't be
///   read
/// @param body of the request, also if there is none
public record DeliveryDetails(
    DeliveryDetail detail, @Nullable WebhookRequest request, byte[] body) {}
