package com.poolbrain.webhooks.bench.service;

/// Resources used by one run, or by one delivery. Unknown values are NaN.
///
/// @param serviceMicros CPU time of the service
/// @param postgresMicros CPU time of PostgreSQL
/// @param benchMicros CPU time of the load generator and the receivers
/// @param walBytes bytes of write-ahead log
/// @param walSyncs syncs of the write-ahead log, always of the whole run
/// @param maxRssBytes maximum memory of the service
public record ResourceUsage(
    double serviceMicros,
    double postgresMicros,
    double benchMicros,
    double walBytes,
    double walSyncs,
    double maxRssBytes) {

  /// What was used since an earlier reading. The memory is that of this reading.
  ResourceUsage since(ResourceUsage start) {
    return new ResourceUsage(
        serviceMicros - start.serviceMicros,
        postgresMicros - start.postgresMicros,
        benchMicros - start.benchMicros,
        walBytes - start.walBytes,
        walSyncs - start.walSyncs,
        maxRssBytes);
  }

  /// What one of these deliveries used. Syncs and memory stay those of the run.
  public ResourceUsage perDelivery(int deliveries) {
    double divisor = Math.max(1, deliveries);
    return new ResourceUsage(
        serviceMicros / divisor,
        postgresMicros / divisor,
        benchMicros / divisor,
        walBytes / divisor,
        walSyncs,
        maxRssBytes);
  }

  /// CPU time of the service and PostgreSQL together.
  public double serverMicros() {
    return serviceMicros + postgresMicros;
  }

  /// Maximum memory of the service in megabytes.
  public double maxRssMegabytes() {
    return maxRssBytes / 1e6;
  }
}
