/// The mails of notices, and the page that ends them.
package com.poolbrain.webhooks.web.notice;
