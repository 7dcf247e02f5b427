/// Encrypted signing secrets, API keys, and files for keys and passwords.
package com.poolbrain.webhooks.store.secret;
