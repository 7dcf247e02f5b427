/// Background jobs that deliver: recover what failed, replay what was never sent.
package com.poolbrain.webhooks.store.recovery;
