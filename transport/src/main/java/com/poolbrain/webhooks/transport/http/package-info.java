/// Encodes requests, decodes responses and classifies failures of an HTTP exchange.
package com.poolbrain.webhooks.transport.http;
