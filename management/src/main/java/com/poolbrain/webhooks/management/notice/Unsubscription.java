package com.poolbrain.webhooks.management.notice;

import com.poolbrain.webhooks.domain.audit.Actor;
import com.poolbrain.webhooks.management.notice.UnsubscribeLinks.Target;
import com.poolbrain.webhooks.store.config.Endpoints;
import com.poolbrain.webhooks.store.notice.AlertAddresses;
import com.poolbrain.webhooks.store.notice.AlertAddresses.Recipient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ends the mails to an address, for whoever has a link from one of them.
public final class Unsubscription {

  /// The most endpoints that one request changes. Another request changes the rest.
  private static final int MAX_ENDPOINTS = 1_000;

  private final UnsubscribeLinks links;
  private final AlertAddresses addresses;
  private final Endpoints endpoints;

  public Unsubscription(UnsubscribeLinks links, AlertAddresses addresses, Endpoints endpoints) {
    this.links = links;
    this.addresses = addresses;
    this.endpoints = endpoints;
  }

  /// What a link ends; null if the link is not valid.
  public @Nullable Target find(String token) {
    return links.read(token);
  }

  /// Removes the address from the alert e-mails. The audit of the company says so.
  ///
  /// @param fromAddress the IP address of the caller
  public void end(Target target, String fromAddress) {
    List<Recipient> recipients =
        addresses.find(target.address(), target.endpointId(), MAX_ENDPOINTS);
    for (Recipient recipient : recipients) {
      endpoints.update(
          recipient.companyId(),
          recipient.endpointId(),
          endpoint ->
              endpoint.withAlertEmails(
                  endpoint.alertEmails().stream()
                      .filter(address -> !address.equals(target.address()))
                      .toList()),
          new Actor("unsubscribe link", fromAddress));
    }
  }
}
