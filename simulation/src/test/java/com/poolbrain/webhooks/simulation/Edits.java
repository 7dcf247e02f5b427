package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Subscriptions;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// What customers do to their configuration.
final class Edits {

  private Edits() {}

  static Subscriptions toggled(Subscriptions before, boolean on) {
    Company company = before.company();
    return new Subscriptions(new Company(company.id(), company.name(), on), before.endpoints());
  }

  static Subscriptions moved(Subscriptions before, UUID endpoint, String path) {
    return edited(
        before,
        endpoint,
        e ->
            new Endpoint(
                e.id(),
                e.companyId(),
                Consumers.url(e.id(), path),
                e.names(),
                "",
                e.paused(),
                e.deleted(),
                e.createdAt(),
                e.secrets(),
                e.tuning()));
  }

  static Subscriptions paused(Subscriptions before, UUID endpoint, boolean paused) {
    return edited(before, endpoint, e -> closed(e, paused, e.deleted()));
  }

  static Subscriptions deleted(Subscriptions before, UUID endpoint) {
    return edited(before, endpoint, e -> closed(e, e.paused(), true));
  }

  private static Endpoint closed(Endpoint e, boolean paused, boolean deleted) {
    return new Endpoint(
        e.id(),
        e.companyId(),
        e.url(),
        e.names(),
        "",
        paused,
        deleted,
        e.createdAt(),
        e.secrets(),
        e.tuning());
  }

  static Subscriptions ticked(Subscriptions before, UUID endpoint, List<String> names) {
    return edited(
        before,
        endpoint,
        e ->
            new Endpoint(
                e.id(),
                e.companyId(),
                e.url(),
                names,
                "",
                e.paused(),
                e.deleted(),
                e.createdAt(),
                e.secrets(),
                e.tuning()));
  }

  static Subscriptions limited(Subscriptions before, UUID endpoint, double ratePerSecond) {
    return edited(
        before,
        endpoint,
        e ->
            new Endpoint(
                e.id(),
                e.companyId(),
                e.url(),
                e.names(),
                "",
                e.paused(),
                e.deleted(),
                e.createdAt(),
                e.secrets(),
                new Endpoint.Tuning(null, null, ratePerSecond, false)));
  }

  private static Subscriptions edited(
      Subscriptions before, UUID endpoint, UnaryOperator<Endpoint> edit) {
    return new Subscriptions(
        before.company(),
        before.endpoints().stream().map(e -> e.id().equals(endpoint) ? edit.apply(e) : e).toList());
  }
}
