/// Secrets of endpoints: revealed, rolled, activated, revoked.
package com.poolbrain.webhooks.management.secret;
