/// Why an exchange failed: the error class, and what else is known.
package com.poolbrain.webhooks.transport.failure;
