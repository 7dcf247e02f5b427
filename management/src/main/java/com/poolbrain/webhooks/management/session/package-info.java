/// Portal links, and sessions of the page and the support console.
package com.poolbrain.webhooks.management.session;
