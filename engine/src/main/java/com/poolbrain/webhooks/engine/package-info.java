/// The engine: its entry point, settings, listener and statistics.
package com.poolbrain.webhooks.engine;
