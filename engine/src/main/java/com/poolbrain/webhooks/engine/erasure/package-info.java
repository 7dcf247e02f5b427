/// What the data of an event says about a customer, and how it is erased.
package com.poolbrain.webhooks.engine.erasure;
