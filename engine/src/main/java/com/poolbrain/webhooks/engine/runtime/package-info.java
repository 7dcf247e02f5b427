/// Time, threads, ids and life cycle.
package com.poolbrain.webhooks.engine.runtime;
