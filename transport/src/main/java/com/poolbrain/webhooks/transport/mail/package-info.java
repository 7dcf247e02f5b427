/// Hands mails to an SMTP server.
package com.poolbrain.webhooks.transport.mail;
