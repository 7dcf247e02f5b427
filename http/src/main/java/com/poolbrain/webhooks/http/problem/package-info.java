/// Problems (RFC 9457): why a request was rejected.
package com.poolbrain.webhooks.http.problem;
