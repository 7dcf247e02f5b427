/// What people set up and look at: companies, endpoints, keys, and what became of every delivery.
package com.poolbrain.webhooks.api.manage;
