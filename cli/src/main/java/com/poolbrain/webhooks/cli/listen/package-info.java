/// HTTPS receiver of webhooks for development, with its certificates.
package com.poolbrain.webhooks.cli.listen;
