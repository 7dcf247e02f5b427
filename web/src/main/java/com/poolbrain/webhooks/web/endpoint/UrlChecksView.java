package com.poolbrain.webhooks.web.endpoint;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.engine.request.EndpointProbe;
import com.poolbrain.webhooks.management.probe.KnownRedirect;
import com.poolbrain.webhooks.management.probe.UrlCheck;
import com.poolbrain.webhooks.web.page.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of a URL, below its field.
record UrlChecksView(List<Line> lines) {

  /// One result.
  ///
  /// @param note further words, not so loud; null for none
  /// @param betterUrl the URL to use instead; null for none
  record Line(
      String tone, String icon, String text, @Nullable String note, @Nullable String betterUrl) {

    static Line ok(String text, @Nullable String note) {
      return new Line("ok", "delivered", text, note, null);
    }

    static Line warning(String text, @Nullable String note) {
      return new Line("warn", "degraded", text, note, null);
    }

    /// URLs may have tokens.
    @Override
    public String toString() {
      return "Line[" + tone + "]";
    }
  }

  /// Nothing is known yet.
  static UrlChecksView none() {
    return new UrlChecksView(List.of());
  }

  static UrlChecksView of(UrlCheck check, Times times) {
    List<Line> lines = new ArrayList<>();
    switch (check) {
      case UrlCheck.Invalid(var detail) -> lines.add(new Line("bad", "failed", detail, null, null));
      case UrlCheck.Valid _ -> lines.add(byRules());
      case UrlCheck.TooMany _ -> {
        lines.add(byRules());
        lines.add(
            Line.warning(
                "Not tried: ten URLs a minute are tried at most.", "You can save it anyway."));
      }
      case UrlCheck.Probed(var result) -> {
        lines.add(byRules());
        add(lines, result, times);
      }
    }
    return new UrlChecksView(lines);
  }

  /// These lines, and a warning if the last attempt to this URL was answered with a redirect.
  ///
  /// @param redirect of the last attempt to the endpoint; null for none
  UrlChecksView with(@Nullable KnownRedirect redirect, String url) {
    if (redirect == null || !redirect.url().equals(url)) {
      return this;
    }
    List<Line> all = new ArrayList<>(lines);
    all.add(
        new Line(
            "warn",
            "degraded",
            "Your server answered the last attempt with a redirect to " + redirect.location(),
            "Redirects are not followed. Use that URL, or let your server answer at this one.",
            redirect.location()));
    return new UrlChecksView(all);
  }

  private static Line byRules() {
    return Line.ok("The URL can be saved", null);
  }

  private static void add(List<Line> lines, EndpointProbe.Result result, Times times) {
    switch (result) {
      case EndpointProbe.Result.Connected(var address, var expiresAt) -> {
        lines.add(Line.ok("A server accepts connections", address.getHostAddress()));
        if (expiresAt != null) {
          lines.add(certificate(expiresAt, times));
        }
      }
      case EndpointProbe.Result.Failed(var error, var detail, var address) ->
          lines.add(
              Line.warning(
                  error.description() + (detail == null ? "" : " " + detail),
                  advice(error) + (address == null ? "" : " (" + address.getHostAddress() + ")")));
    }
  }

  private static Line certificate(Instant expiresAt, Times times) {
    ExpiringCertificate expiring = ExpiringCertificate.of(expiresAt, times);
    return expiring == null
        ? Line.ok("The certificate is trusted", "until " + times.date(expiresAt))
        : Line.warning(expiring.title(), expiring.advice());
  }

  private static String advice(ErrorClass error) {
    return switch (error) {
      case DNS -> "Check the spelling of the host; a new name may take an hour to be known.";
      case CONNECT_REFUSED, CONNECT_TIMEOUT ->
          "Start the server, and open its port to the internet.";
      case TLS_UNTRUSTED -> "Install the certificate with all intermediate ones.";
      case TLS_EXPIRED -> "Renew the certificate.";
      case TLS_HOSTNAME -> "Install a certificate for this host name.";
      case BLOCKED_ADDRESS -> "Use a host with a public address.";
      case PROXY -> "This is not your server’s fault; try again later.";
      case TLS_OTHER,
          RESPONSE_TIMEOUT,
          CONNECTION_RESET,
          REDIRECT,
          CLIENT_ERROR,
          UNAUTHORIZED,
          GONE,
          PAYLOAD_TOO_LARGE,
          RATE_LIMITED,
          SERVER_ERROR,
          INVALID_RESPONSE ->
          "You can save the URL; deliveries fail until the server is fixed.";
    };
  }
}
