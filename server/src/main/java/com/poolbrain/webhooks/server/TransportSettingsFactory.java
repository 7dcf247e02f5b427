package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.server.settings.Settings;
import com.poolbrain.webhooks.transport.ConnectionSettings;
import com.poolbrain.webhooks.transport.DnsSettings;
import com.poolbrain.webhooks.transport.EgressPolicy;
import com.poolbrain.webhooks.transport.ResponseLimits;
import com.poolbrain.webhooks.transport.TransportSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way out, as it was set.
final class TransportSettingsFactory {

  private static final Logger LOG = LoggerFactory.getLogger(TransportSettingsFactory.class);

  private TransportSettingsFactory() {}

  static TransportSettings create(Settings.EgressSettings egressSettings) {
    if (!egressSettings.allowedNetworks().isEmpty()) {
      LOG.warn(
          "Endpoints may be in {}: whoever may add an endpoint can reach what is there."
              + " For development only.",
          egressSettings.allowedNetworks());
    }
    if (egressSettings.allowHttp()) {
      LOG.warn("Endpoints may be plain http at loopback addresses. For development only.");
    }
    return new TransportSettings(
        new EgressPolicy(
            egressSettings.allowedNetworks(), egressSettings.allowHttp(), egressSettings.proxy()),
        egressSettings.extraCaCertificates(),
        ResponseLimits.standard(),
        ConnectionSettings.standard(),
        DnsSettings.standard());
  }
}
