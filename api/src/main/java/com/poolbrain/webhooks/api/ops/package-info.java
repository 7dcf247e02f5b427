/// Health, metrics and version over HTTP.
package com.poolbrain.webhooks.api.ops;
