/// Tools that start the service, call its API, and audit what it delivers.
@org.jspecify.annotations.NullMarked
package com.poolbrain.webhooks.testkit.service;
