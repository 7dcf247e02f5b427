/// Companies, endpoints and their history, and the changes since a configuration version.
package com.poolbrain.webhooks.store.config;
