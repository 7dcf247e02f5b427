/// Receives Pool Brain webhooks in Spring Boot applications.
@org.jspecify.annotations.NullMarked
package com.poolbrain.webhooks.spring;
