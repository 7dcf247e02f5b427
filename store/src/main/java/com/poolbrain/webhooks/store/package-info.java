/// Types that all packages of the store share: database settings, pages, and failures of the start.
package com.poolbrain.webhooks.store;
