package com.poolbrain.webhooks.transport;

import java.security.cert.X509Certificate;
import java.util.List;

/// Everything about the way out that can be set.
///
/// @param destinations where requests may go, and by which way
/// @param extraAuthorities certificate authorities trusted in addition to those of the JDK
/// @param answers how much of an answer is read and kept
/// @param connections how connections are made and kept
/// @param names how host names become addresses
public record TransportSettings(
    Destinations destinations,
    List<X509Certificate> extraAuthorities,
    AnswerLimits answers,
    ConnectionSettings connections,
    NameSettings names) {

  /// Refuses nothing that its parts accepted.
  public TransportSettings {
    extraAuthorities = List.copyOf(extraAuthorities);
  }

  /// The settings of a service in production that nobody changed.
  public static TransportSettings standard() {
    return new TransportSettings(
        Destinations.publicHttps(),
        List.of(),
        AnswerLimits.standard(),
        ConnectionSettings.standard(),
        NameSettings.standard());
  }

  /// These settings with other destinations.
  public TransportSettings with(Destinations other) {
    return new TransportSettings(other, extraAuthorities, answers, connections, names);
  }

  /// These settings with other additional authorities.
  public TransportSettings withExtraAuthorities(List<X509Certificate> other) {
    return new TransportSettings(destinations, other, answers, connections, names);
  }

  /// These settings with other limits of answers.
  public TransportSettings with(AnswerLimits other) {
    return new TransportSettings(destinations, extraAuthorities, other, connections, names);
  }

  /// These settings with other connections.
  public TransportSettings with(ConnectionSettings other) {
    return new TransportSettings(destinations, extraAuthorities, answers, other, names);
  }

  /// These settings with other names.
  public TransportSettings with(NameSettings other) {
    return new TransportSettings(destinations, extraAuthorities, answers, connections, other);
  }
}
