/// A seeded scheduler of virtual threads and their virtual time.
package com.poolbrain.webhooks.simulation.scheduler;
