package com.poolbrain.webhooks.server.manage;

import com.poolbrain.webhooks.store.ApiKeys;
import com.poolbrain.webhooks.store.Companies;
import com.poolbrain.webhooks.store.Endpoints;
import com.poolbrain.webhooks.store.log.DeliveryLog;
import com.poolbrain.webhooks.store.log.EndpointHealth;

/// Where everything that is managed is kept.
public record Stores(
    Companies companies,
    Endpoints endpoints,
    EndpointHealth health,
    ApiKeys keys,
    DeliveryLog log) {}
