/// Webhooks as requests of Spring's MockMvc.
package com.poolbrain.webhooks.consumer.test.spring;
