/// Resolves the URL of an endpoint to addresses that may be connected to.
package com.poolbrain.webhooks.transport.address;
