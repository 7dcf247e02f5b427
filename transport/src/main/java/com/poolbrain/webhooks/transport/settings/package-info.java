/// Settings of the transport.
package com.poolbrain.webhooks.transport.settings;
