/// What was found, as a table, JSON, charts and a page.
package com.poolbrain.webhooks.bench.report;
