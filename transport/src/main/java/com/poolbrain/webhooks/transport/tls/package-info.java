/// TLS connections to endpoints with verified certificates.
package com.poolbrain.webhooks.transport.tls;
