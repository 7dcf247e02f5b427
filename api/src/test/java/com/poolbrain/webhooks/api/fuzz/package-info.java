/// Fuzzing of parsers and writers with Jazzer.
@org.jspecify.annotations.NullMarked
package com.poolbrain.webhooks.api.fuzz;
