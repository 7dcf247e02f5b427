/// Event types: those of the consumer guide, and those that operators add and change.
package com.poolbrain.webhooks.management.eventtype;
