/// Connection pools, transactions, migrations, and helpers for SQL statements.
package com.poolbrain.webhooks.store.jdbc;
