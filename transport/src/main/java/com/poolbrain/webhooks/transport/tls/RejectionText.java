package com.poolbrain.webhooks.transport.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;

/// What is wrong with a rejected certificate, in one sentence for the owner of the endpoint.
final class RejectionText {

  private static final int MAX_NAMES = 5;
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private RejectionText() {}

  static String otherHost(X509Certificate certificate) {
    List<String> names = hostNames(certificate);
    return names.isEmpty()
        ? "The certificate names no host."
        : "The certificate is for %s%s."
            .formatted(
                String.join(", ", names.subList(0, Math.min(names.size(), MAX_NAMES))),
                names.size() > MAX_NAMES ? ", …" : "");
  }

  private static List<String> hostNames(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      for (List<?> name : alternatives == null ? List.<List<?>>of() : alternatives) {
        if (name.getFirst() instanceof Integer type && (type == DNS_NAME || type == IP_ADDRESS)) {
          names.add(String.valueOf(name.get(1)));
        }
      }
    } catch (CertificateParsingException unreadable) {
      return List.of();
    }
    return names;
  }

  static String expired(X509Certificate[] chain) {
    X509Certificate earliest =
        Stream.of(chain).min(Comparator.comparing(X509Certificate::getNotAfter)).orElseThrow();
    return describe(earliest, "was valid until", earliest.getNotAfter());
  }

  static String notYetValid(X509Certificate[] chain) {
    X509Certificate latest =
        Stream.of(chain).max(Comparator.comparing(X509Certificate::getNotBefore)).orElseThrow();
    return describe(latest, "is not valid before", latest.getNotBefore());
  }

  private static String describe(X509Certificate certificate, String validity, Date date) {
    return "The certificate of %s %s %s."
        .formatted(certificate.getSubjectX500Principal().getName(), validity, date.toInstant());
  }

  static String untrusted(X509Certificate[] chain) {
    return "The certificate chain ends at %s, which is not trusted. Does the server send its"
            .formatted(chain[chain.length - 1].getIssuerX500Principal().getName())
        + " intermediate certificates?";
  }
}
