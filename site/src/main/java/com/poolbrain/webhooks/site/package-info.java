/// The finished pages of the documentation.
@org.jspecify.annotations.NullMarked
package com.poolbrain.webhooks.site;
