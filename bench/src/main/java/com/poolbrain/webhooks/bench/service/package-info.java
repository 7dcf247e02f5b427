/// The service under test as a process, its PostgreSQL, and the resources that both use.
package com.poolbrain.webhooks.bench.service;
