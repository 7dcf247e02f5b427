package com.poolbrain.webhooks.transport;

import java.security.cert.X509Certificate;
import java.util.List;

/// Everything about the way out that can be set.
///
/// @param egressPolicy where requests may go, and by which way
/// @param extraCaCertificates certificate authorities trusted in addition to those of the JDK
/// @param responseLimits how much of an answer is read and kept
/// @param connections how connections are made and kept
/// @param dns how host names become addresses
public record TransportSettings(
    EgressPolicy egressPolicy,
    List<X509Certificate> extraCaCertificates,
    ResponseLimits responseLimits,
    ConnectionSettings connections,
    DnsSettings dns) {

  /// Refuses nothing that its parts accepted.
  public TransportSettings {
    extraCaCertificates = List.copyOf(extraCaCertificates);
  }

  /// The settings of a service in production that nobody changed.
  public static TransportSettings standard() {
    return new TransportSettings(
        EgressPolicy.publicHttps(),
        List.of(),
        ResponseLimits.standard(),
        ConnectionSettings.standard(),
        DnsSettings.standard());
  }

  /// These settings with other destinations.
  public TransportSettings with(EgressPolicy other) {
    return new TransportSettings(other, extraCaCertificates, responseLimits, connections, dns);
  }

  /// These settings with other additional authorities.
  public TransportSettings withExtraCaCertificates(List<X509Certificate> other) {
    return new TransportSettings(egressPolicy, other, responseLimits, connections, dns);
  }

  /// These settings with other limits of answers.
  public TransportSettings with(ResponseLimits other) {
    return new TransportSettings(egressPolicy, extraCaCertificates, other, connections, dns);
  }

  /// These settings with other connections.
  public TransportSettings with(ConnectionSettings other) {
    return new TransportSettings(egressPolicy, extraCaCertificates, responseLimits, other, dns);
  }

  /// These settings with other names.
  public TransportSettings with(DnsSettings other) {
    return new TransportSettings(
        egressPolicy, extraCaCertificates, responseLimits, connections, other);
  }
}
