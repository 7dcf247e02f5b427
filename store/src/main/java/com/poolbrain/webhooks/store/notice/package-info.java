/// Notices about endpoints, and the outbox of their mails.
package com.poolbrain.webhooks.store.notice;
