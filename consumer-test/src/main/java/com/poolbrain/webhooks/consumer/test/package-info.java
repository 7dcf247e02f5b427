/// Signed requests for the tests of consumers, and a sender that repeats them.
package com.poolbrain.webhooks.consumer.test;
