/// What storage must do: the interface [com.poolbrain.webhooks.engine.ledger.Ledger] with its
/// requests, results and exceptions.
package com.poolbrain.webhooks.engine.ledger;
