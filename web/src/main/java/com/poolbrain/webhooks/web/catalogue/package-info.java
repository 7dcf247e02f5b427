/// The tab Event catalogue: the list, and the page of one event type.
package com.poolbrain.webhooks.web.catalogue;
