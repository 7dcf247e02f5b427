/// The HTTP server on Vert.x: listening, limits, authorization, routing, requests and responses.
package com.poolbrain.webhooks.http;
