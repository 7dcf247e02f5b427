/// Metrics, the attempt log and the configuration of logging.
package com.poolbrain.webhooks.server.telemetry;
