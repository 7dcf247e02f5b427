/// What the configuration was at a time, and what followed from it.
package com.poolbrain.webhooks.domain.history;
