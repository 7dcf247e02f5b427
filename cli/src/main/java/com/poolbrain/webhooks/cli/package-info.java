/// The commands of `./webhooks` and their options.
package com.poolbrain.webhooks.cli;
