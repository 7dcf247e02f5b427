package com.poolbrain.webhooks.bench.limits;

/// How long a limit is measured.
///
/// @param warmUp seconds before that, so that the compiler is done
/// @param seconds of measuring
record Spell(int warmUp, int seconds) {}
