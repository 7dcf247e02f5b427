/// Sends notices by mail, and ends the mails to an address.
package com.poolbrain.webhooks.management.notice;
