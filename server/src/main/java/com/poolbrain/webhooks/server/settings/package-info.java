/// Settings of the service: read once at the start, checked, and handed on as typed records.
package com.poolbrain.webhooks.server.settings;
