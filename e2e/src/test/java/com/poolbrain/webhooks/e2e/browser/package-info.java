/// The settings page in a real browser.
@org.jspecify.annotations.NullMarked
package com.poolbrain.webhooks.e2e.browser;
