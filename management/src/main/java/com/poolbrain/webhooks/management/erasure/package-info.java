/// Erasure of the content about a customer, and deletion of companies.
package com.poolbrain.webhooks.management.erasure;
