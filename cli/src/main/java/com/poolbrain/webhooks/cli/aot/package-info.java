/// Training run for the AOT cache of the launcher: one start of the service under load.
package com.poolbrain.webhooks.cli.aot;
