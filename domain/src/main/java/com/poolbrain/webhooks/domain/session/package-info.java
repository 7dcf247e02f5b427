/// Sessions of people: what their users may do.
package com.poolbrain.webhooks.domain.session;
