/// The service as a whole: wiring of all modules, start, stop and the `main` of the process.
package com.poolbrain.webhooks.server;
