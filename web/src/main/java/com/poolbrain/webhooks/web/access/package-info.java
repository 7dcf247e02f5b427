/// Sessions of the page: cookies, authorization, CSRF tokens.
package com.poolbrain.webhooks.web.access;
