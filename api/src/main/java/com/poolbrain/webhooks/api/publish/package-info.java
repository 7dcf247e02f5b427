/// `POST /events`: from the bytes of a body to what the engine accepts, and back to a receipt.
package com.poolbrain.webhooks.api.publish;
