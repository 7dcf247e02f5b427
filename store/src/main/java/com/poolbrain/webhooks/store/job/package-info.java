/// Background jobs: started, claimed by nodes, done step by step.
package com.poolbrain.webhooks.store.job;
