/// What can be set from outside, read once at the start: nothing unknown and nothing impossible
/// gets past it.
package com.poolbrain.webhooks.server.settings;
