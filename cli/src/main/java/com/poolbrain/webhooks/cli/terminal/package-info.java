/// Running a command in a terminal: errors, exit codes, option values, tables.
package com.poolbrain.webhooks.cli.terminal;
