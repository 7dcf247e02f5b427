/// Operations that people ask for: redeliver, test, cancel.
package com.poolbrain.webhooks.engine.manual;
