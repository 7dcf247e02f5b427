/// Use cases of administrators, operators and scripts, each with permission check and validation.
package com.poolbrain.webhooks.management;
