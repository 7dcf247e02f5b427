/// Background jobs: what they are and how they end.
package com.poolbrain.webhooks.domain.job;
