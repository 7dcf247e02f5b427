/// What sending a mail means: the mail, its result, and the server that takes it.
package com.poolbrain.webhooks.engine.mail;
