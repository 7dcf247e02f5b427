/// Responses whose bodies are made while they are sent.
package com.poolbrain.webhooks.http.stream;
