/// The tab Endpoints: the list, the form, and the page of one endpoint.
package com.poolbrain.webhooks.web.endpoint;
