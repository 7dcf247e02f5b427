/// Entries of the audit: who changed or revealed what.
package com.poolbrain.webhooks.domain.audit;
