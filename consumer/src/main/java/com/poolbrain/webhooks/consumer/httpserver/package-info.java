/// Adapter for the HTTP server of the JDK.
package com.poolbrain.webhooks.consumer.httpserver;
