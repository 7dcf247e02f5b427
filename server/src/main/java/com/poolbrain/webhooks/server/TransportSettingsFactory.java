package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.server.settings.Settings;
import com.poolbrain.webhooks.transport.settings.ConnectionSettings;
import com.poolbrain.webhooks.transport.settings.DnsSettings;
import com.poolbrain.webhooks.transport.settings.EgressPolicy;
import com.poolbrain.webhooks.transport.settings.ResponseLimits;
import com.poolbrain.webhooks.transport.settings.TransportSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Settings of module `transport`.
public final class TransportSettingsFactory {

  private static final Logger LOG = LoggerFactory.getLogger(TransportSettingsFactory.class);

  private TransportSettingsFactory() {}

  /// Warns of each setting that is meant for development only.
  static void warnOfDevelopmentSettings(Settings.EgressSettings settings) {
    if (!settings.allowedNetworks().isEmpty()) {
      LOG.warn(
          "WEBHOOKS_ALLOWED_NETWORKS allows endpoints in {}: every user who may add an endpoint"
              + " can reach services there. For development only.",
          settings.allowedNetworks());
    }
    if (settings.allowHttp()) {
      LOG.warn(
          "WEBHOOKS_ALLOW_HTTP allows endpoints with plain http at loopback addresses. For"
              + " development only.");
    }
  }

  /// How a service with these settings connects to the outside.
  public static TransportSettings create(Settings.EgressSettings settings) {
    return new TransportSettings(
        new EgressPolicy(
            settings.allowedNetworks(),
            settings.deniedNetworks(),
            settings.allowHttp(),
            settings.proxy()),
        settings.extraCaCertificates(),
        ResponseLimits.defaults(),
        ConnectionSettings.defaults(),
        DnsSettings.defaults());
  }
}
