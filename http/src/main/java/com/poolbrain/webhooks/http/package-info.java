/// How an HTTP request becomes a response: listening, limits, authorization, routes, problems.
package com.poolbrain.webhooks.http;
