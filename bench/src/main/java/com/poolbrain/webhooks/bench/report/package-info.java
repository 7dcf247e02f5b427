/// The results of runs as text, JSON, charts and a documentation page, and the progress line.
package com.poolbrain.webhooks.bench.report;
