/// Notices: what people are told about an endpoint, by e-mail and on the page, and when.
package com.poolbrain.webhooks.domain.notice;
