/// Our own service as a process of its own, and what processes and PostgreSQL use.
package com.poolbrain.webhooks.bench.service;
