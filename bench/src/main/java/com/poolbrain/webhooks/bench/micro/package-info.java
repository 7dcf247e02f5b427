/// Benchmarks of inner loops, by JMH. They stand in `src/main/micro`, each in the package of what
/// it measures.
package com.poolbrain.webhooks.bench.micro;
