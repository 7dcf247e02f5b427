/// Mails of notices.
@org.jspecify.annotations.NullMarked
package com.poolbrain.webhooks.e2e.notice;
