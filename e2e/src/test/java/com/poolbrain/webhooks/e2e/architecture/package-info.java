/// Rules of the source code and its documentation.
@org.jspecify.annotations.NullMarked
package com.poolbrain.webhooks.e2e.architecture;
