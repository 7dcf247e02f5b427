/// The OpenAPI document and the documentation page that is rendered from it.
package com.poolbrain.webhooks.api.docs;
