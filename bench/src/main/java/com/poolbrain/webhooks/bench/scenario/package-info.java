/// What is measured: one class for each scenario.
package com.poolbrain.webhooks.bench.scenario;
