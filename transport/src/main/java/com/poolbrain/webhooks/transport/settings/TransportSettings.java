package com.poolbrain.webhooks.transport.settings;

import java.security.cert.X509Certificate;
import java.util.List;

/// Settings of the transport.
///
/// @param egressPolicy which addresses may be connected to, and how
/// @param extraCaCertificates certificate authorities that are trusted in addition to the JDK's
/// @param responseLimits how much of a response is read and kept
/// @param connections limits and timeouts of connections
/// @param dns settings of name resolution
public record TransportSettings(
    EgressPolicy egressPolicy,
    List<X509Certificate> extraCaCertificates,
    ResponseLimits responseLimits,
    ConnectionSettings connections,
    DnsSettings dns) {

  /// Copies the list.
  public TransportSettings {
    extraCaCertificates = List.copyOf(extraCaCertificates);
  }

  /// The settings for production.
  public static TransportSettings defaults() {
    return new TransportSettings(
        EgressPolicy.publicHttps(),
        List.of(),
        ResponseLimits.defaults(),
        ConnectionSettings.defaults(),
        DnsSettings.defaults());
  }

  public TransportSettings withEgressPolicy(EgressPolicy newPolicy) {
    return new TransportSettings(newPolicy, extraCaCertificates, responseLimits, connections, dns);
  }

  public TransportSettings withExtraCaCertificates(List<X509Certificate> newCertificates) {
    return new TransportSettings(egressPolicy, newCertificates, responseLimits, connections, dns);
  }

  public TransportSettings withResponseLimits(ResponseLimits newLimits) {
    return new TransportSettings(egressPolicy, extraCaCertificates, newLimits, connections, dns);
  }

  public TransportSettings withConnections(ConnectionSettings newConnections) {
    return new TransportSettings(
        egressPolicy, extraCaCertificates, responseLimits, newConnections, dns);
  }

  public TransportSettings withDns(DnsSettings newDns) {
    return new TransportSettings(
        egressPolicy, extraCaCertificates, responseLimits, connections, newDns);
  }
}
