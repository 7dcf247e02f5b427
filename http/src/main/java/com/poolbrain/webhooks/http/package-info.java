/// The HTTP server on Vert.x: listening, limits, authorization, routing, problems, strict JSON.
package com.poolbrain.webhooks.http;
