/// Background jobs: started, followed and cancelled by callers, and run by this node.
package com.poolbrain.webhooks.management.job;
