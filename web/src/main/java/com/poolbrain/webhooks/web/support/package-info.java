/// The support console of operators: signing in, and its pages.
package com.poolbrain.webhooks.web.support;
