/// What the API says about itself: the catalogue of event types, the OpenAPI document, and the
/// readable page made from it.
package com.poolbrain.webhooks.api.docs;
