/// Plans published events and stores them.
package com.poolbrain.webhooks.engine.intake;
