/// Signs and verifies webhook requests: X-Webhook-Signature and Standard Webhooks.
package com.poolbrain.webhooks.signature;
