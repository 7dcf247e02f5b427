/// Looks at the URLs of endpoints before they are saved.
package com.poolbrain.webhooks.management.probe;
