package com.poolbrain.webhooks.domain.address;

import java.net.InetAddress;

/// The host of a URL. Endpoints are saved and connected to by the same reading of it.
public sealed interface Host {

  /// Characters of a name without its trailing dot (RFC 1035).
  int MAX_NAME_LENGTH = 253;

  /// Characters between two dots of a name.
  int MAX_LABEL_LENGTH = 63;

  /// The host for TLS and the `Host` header; IPv6 without brackets.
  String text();

  /// A name for DNS: lower case, ASCII, without a trailing dot. It may have underscores, which DNS
  /// and certificates allow.
  record Name(String text) implements Host {}

  /// An address in its usual notation.
  record Literal(String text, InetAddress address) implements Host {}

  /// A host that some systems read as an address although it is not in the usual notation.
  record Ambiguous(String text) implements Host {}

  /// Text that is not a host.
  record Invalid(String text, Defect defect) implements Host {}

  /// Why a text is not a host.
  enum Defect {
    /// There is no text.
    EMPTY,
    /// A dot at the beginning, or two dots in a row.
    EMPTY_LABEL,
    /// A label of more than [#MAX_LABEL_LENGTH] characters.
    LABEL_TOO_LONG,
    /// A name of more than [#MAX_NAME_LENGTH] characters.
    NAME_TOO_LONG,
    /// A character other than a letter, digit, hyphen, underscore or dot.
    FORBIDDEN_CHARACTER
  }

  /// Reads the host of a URL, IPv6 in brackets.
  static Host parse(String text) {
    return HostParser.parse(text);
  }
}
