/// Figures and charts of deliveries, each of which leads to the log.
package com.poolbrain.webhooks.web.statistics;
