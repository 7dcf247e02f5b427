/// Strict reading of JSON bodies and query parameters.
package com.poolbrain.webhooks.http.input;
