/// Client of the service's HTTP API.
package com.poolbrain.webhooks.cli.api;
