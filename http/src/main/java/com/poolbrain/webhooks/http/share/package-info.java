/// What the senders of requests share: memory for bodies, and processors.
package com.poolbrain.webhooks.http.share;
