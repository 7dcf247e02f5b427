/// Authorization of API requests: API keys, companies in paths, and failures as problems.
package com.poolbrain.webhooks.api.access;
