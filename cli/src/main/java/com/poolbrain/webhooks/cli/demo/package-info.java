/// `./webhooks demo`: deliveries on a temporary service, with checks of what arrives.
package com.poolbrain.webhooks.cli.demo;
