/// What support needs to explain what became of an event.
package com.poolbrain.webhooks.management.support;
