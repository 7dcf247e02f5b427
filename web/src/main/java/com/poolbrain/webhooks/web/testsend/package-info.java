/// Test sends: the form with a sample, and the result.
package com.poolbrain.webhooks.web.testsend;
