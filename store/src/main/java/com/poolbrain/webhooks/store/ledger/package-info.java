/// The ledger in PostgreSQL: the statements of the hot path.
package com.poolbrain.webhooks.store.ledger;
