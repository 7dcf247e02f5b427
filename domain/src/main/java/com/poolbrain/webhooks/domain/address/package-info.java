/// Rules for IP addresses: their text form, networks, and which addresses may be sent to.
package com.poolbrain.webhooks.domain.address;
