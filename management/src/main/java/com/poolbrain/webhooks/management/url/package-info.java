/// Rules for the URLs of endpoints.
package com.poolbrain.webhooks.management.url;
