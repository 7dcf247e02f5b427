/// Portal links and the sessions of the page.
package com.poolbrain.webhooks.store.session;
