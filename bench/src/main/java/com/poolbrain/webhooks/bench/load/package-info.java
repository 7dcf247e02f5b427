/// A publisher and a consumer that cost little: what is published, when each event arrives, and
/// what is missing in the end.
package com.poolbrain.webhooks.bench.load;
