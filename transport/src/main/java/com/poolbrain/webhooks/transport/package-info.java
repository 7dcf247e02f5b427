/// Sends requests to endpoints over HTTP/1.1.
package com.poolbrain.webhooks.transport;
