/// JUnit extension with the test kit and a sender.
package com.poolbrain.webhooks.consumer.test.junit;
