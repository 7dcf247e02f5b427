/// `POST /events`: parses the body into a publish request and writes the receipts.
package com.poolbrain.webhooks.api.publish;
