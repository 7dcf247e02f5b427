/// Group commit: many small writes in few transactions, shared fairly between companies.
package com.poolbrain.webhooks.engine.commit;
