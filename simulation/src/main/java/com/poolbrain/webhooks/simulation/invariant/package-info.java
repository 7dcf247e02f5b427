/// The invariants that hold after every simulation.
package com.poolbrain.webhooks.simulation.invariant;
