/// The audit trail: which actor did what.
package com.poolbrain.webhooks.store.audit;
