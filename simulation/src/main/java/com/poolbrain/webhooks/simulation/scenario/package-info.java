/// What happens in a simulation: generated from a seed, then executed against a world.
package com.poolbrain.webhooks.simulation.scenario;
