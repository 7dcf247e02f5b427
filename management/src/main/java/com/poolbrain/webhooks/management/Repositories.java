package com.poolbrain.webhooks.management;

import com.poolbrain.webhooks.store.config.Companies;
import com.poolbrain.webhooks.store.config.Endpoints;
import com.poolbrain.webhooks.store.query.DeliveryLog;
import com.poolbrain.webhooks.store.query.EndpointHealth;
import com.poolbrain.webhooks.store.secret.ApiKeys;

/// Where everything that is managed is kept.
public record Repositories(
    Companies companies,
    Endpoints endpoints,
    EndpointHealth health,
    ApiKeys keys,
    DeliveryLog deliveryLog) {}
