/// The tab Audit.
package com.poolbrain.webhooks.web.audit;
