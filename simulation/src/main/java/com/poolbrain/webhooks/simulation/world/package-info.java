/// The simulated environment of the engine: nodes, ledger, faults, network and endpoints.
package com.poolbrain.webhooks.simulation.world;
