/// What all pages have in common: frame, rendering, assets, times, error pages.
package com.poolbrain.webhooks.web.page;
