/// All components in each of their states.
package com.poolbrain.webhooks.web.styleguide;
