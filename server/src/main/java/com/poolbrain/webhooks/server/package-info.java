/// The whole service: [Application] puts all parts together, [Serve] runs it as a process.
package com.poolbrain.webhooks.server;
