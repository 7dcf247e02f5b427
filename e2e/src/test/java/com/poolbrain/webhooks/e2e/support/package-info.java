/// The whole house as tests see it from outside: its settings, its API, and its consumers.
@org.jspecify.annotations.NullMarked
package com.poolbrain.webhooks.e2e.support;
