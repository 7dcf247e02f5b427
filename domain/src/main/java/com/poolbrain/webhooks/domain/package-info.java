/// Terms and rules of webhook delivery: companies, endpoints, events, deliveries, retries, limits.
package com.poolbrain.webhooks.domain;
