/// The signed webhook request, and the interface of the transport that sends it.
package com.poolbrain.webhooks.engine.request;
