/// Background jobs that remove content: that about one customer, and a whole company.
package com.poolbrain.webhooks.store.erasure;
