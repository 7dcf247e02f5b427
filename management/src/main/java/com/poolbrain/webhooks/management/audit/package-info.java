/// The audit, read by administrators and operators.
package com.poolbrain.webhooks.management.audit;
