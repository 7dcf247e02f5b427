/// The lease of this node, and the configuration that it knows.
package com.poolbrain.webhooks.engine.node;
