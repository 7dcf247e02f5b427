/// The tab Deliveries: the log, and the page of one delivery.
package com.poolbrain.webhooks.web.delivery;
