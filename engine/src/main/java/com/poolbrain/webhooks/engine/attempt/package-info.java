/// One attempt: check, sign, send, decide, record.
package com.poolbrain.webhooks.engine.attempt;
