/// Views of the components that many pages show.
package com.poolbrain.webhooks.web.component;
