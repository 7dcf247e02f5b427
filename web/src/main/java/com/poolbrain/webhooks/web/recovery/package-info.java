/// The tab Recovery: jobs that deliver again what failed, or for the first time what was missed.
package com.poolbrain.webhooks.web.recovery;
