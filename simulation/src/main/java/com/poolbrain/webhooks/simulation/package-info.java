/// Runs the engine in simulated worlds and checks that every promise holds.
package com.poolbrain.webhooks.simulation;
