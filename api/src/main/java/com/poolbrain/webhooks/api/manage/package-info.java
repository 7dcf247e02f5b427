/// Routes of companies, endpoints, API keys, deliveries and event types, and the JSON they show.
package com.poolbrain.webhooks.api.manage;
