package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.management.session.PageAddress;
import com.poolbrain.webhooks.server.settings.Settings;
import java.net.URI;
import java.util.function.IntSupplier;

/// The addresses of the service.
final class PageAddresses {

  private PageAddresses() {}

  /// The URL at which the service listens, without a slash at the end.
  static URI listening(String host, int port) {
    return URI.create("http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, port));
  }

  /// The address at which browsers reach the page: the public URL, or the one that it listens on.
  ///
  /// @param port that it listens on
  static PageAddress of(Settings.HttpSettings settings, IntSupplier port) {
    URI publicUrl = settings.publicUrl();
    return new PageAddress(
        publicUrl == null ? listening(settings.host(), port.getAsInt()) : publicUrl);
  }
}
