/// The scenarios, one class each, and the session that runs them.
package com.poolbrain.webhooks.bench.scenario;
