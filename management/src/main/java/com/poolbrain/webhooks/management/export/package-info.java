/// Exports of whole lists as CSV and JSON, in constant memory.
package com.poolbrain.webhooks.management.export;
