/// Rules for texts that come from outside.
package com.poolbrain.webhooks.domain.text;
