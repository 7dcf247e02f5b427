package com.poolbrain.webhooks.bench.baseline;

/// How long a limit is measured.
///
/// @param warmUpSeconds seconds before that, so that the compiler is done
/// @param measuredSeconds of measuring
record MeasurementPeriod(int warmUpSeconds, int measuredSeconds) {}
