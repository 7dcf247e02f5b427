/// The delivery log, the search, and the health of endpoints.
package com.poolbrain.webhooks.store.query;
