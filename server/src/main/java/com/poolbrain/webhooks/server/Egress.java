package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.server.settings.Settings;
import com.poolbrain.webhooks.transport.AnswerLimits;
import com.poolbrain.webhooks.transport.ConnectionSettings;
import com.poolbrain.webhooks.transport.Destinations;
import com.poolbrain.webhooks.transport.NameSettings;
import com.poolbrain.webhooks.transport.TransportSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way out, as it was set.
final class Egress {

  private static final Logger LOG = LoggerFactory.getLogger(Egress.class);

  private Egress() {}

  static TransportSettings transport(Settings.Egress egress) {
    if (!egress.allowedNetworks().isEmpty()) {
      LOG.warn(
          "Endpoints may be in {}: whoever may add an endpoint can reach what is there."
              + " For development only.",
          egress.allowedNetworks());
    }
    if (egress.allowHttp()) {
      LOG.warn("Endpoints may be plain http at loopback addresses. For development only.");
    }
    return new TransportSettings(
        new Destinations(egress.allowedNetworks(), egress.allowHttp(), egress.proxy()),
        egress.extraAuthorities(),
        AnswerLimits.standard(),
        ConnectionSettings.standard(),
        NameSettings.standard());
  }
}
