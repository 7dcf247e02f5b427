/// PostgreSQL as child process of the service, with its data in a folder.
package com.poolbrain.webhooks.store.embedded;
