/// Opens connections, keeps idle ones and shares them among the requests to a host.
package com.poolbrain.webhooks.transport.pool;
