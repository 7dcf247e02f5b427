package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Subscriptions;
import com.poolbrain.webhooks.engine.Part;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Customers change the configuration; every state is remembered with the time at which it began.
final class ConfigurationChanges {

  private final World world;
  private final Map<Long, Subscriptions> current = new LinkedHashMap<>();
  private final List<State> states = new ArrayList<>();

  ConfigurationChanges(World world) {
    this.world = world;
  }

  /// One company from one moment on, until the next state of the same company.
  ///
  /// @param from virtual nanoseconds
  record State(long version, long from, Subscriptions company) {}

  void make(Subscriptions company) {
    long version = world.ledger().configure(company);
    current.put(company.company().id(), company);
    states.add(new State(version, world.scheduler().nanos(), company));
  }

  /// All states of a company, in their order.
  List<State> statesOf(long companyId) {
    return states.stream().filter(state -> state.company().company().id() == companyId).toList();
  }

  /// The company that an endpoint belongs to.
  long companyOf(UUID endpoint) {
    for (Subscriptions company : current.values()) {
      if (company.endpoints().stream().anyMatch(e -> e.id().equals(endpoint))) {
        return company.company().id();
      }
    }
    throw new IllegalArgumentException("no endpoint " + endpoint);
  }

  /// What a test sends.
  static Part.Item sample() {
    return new Part.Item("{}".getBytes(StandardCharsets.US_ASCII), List.of());
  }

  void play(Scene.Change change) {
    SplittableRandom random = new SplittableRandom(change.pick());
    List<Subscriptions> companies = List.copyOf(current.values());
    Subscriptions before = companies.get(change.company());
    Subscriptions after = changed(before, change.what(), random);
    if (after != null) {
      world
          .journal()
          .note(
              "customer",
              () ->
                  "changes company %d, %s: %s"
                      .formatted(before.company().id(), change.what(), inWords(after)));
      make(after);
    }
  }

  private static String inWords(Subscriptions company) {
    StringBuilder text = new StringBuilder(company.company().webhooksEnabled() ? "on" : "OFF");
    for (Endpoint e : company.endpoints()) {
      text.append(", ")
          .append(Wording.shortly(e.id()))
          .append(e.deleted() ? " deleted" : e.paused() ? " paused" : "")
          .append(' ')
          .append(e.names())
          .append(e.tuning());
    }
    return text.toString();
  }

  private static @Nullable Subscriptions changed(
      Subscriptions before, Scene.Edit what, SplittableRandom random) {
    Company company = before.company();
    if (what == Scene.Edit.TOGGLE) {
      return new Subscriptions(
          new Company(company.id(), company.name(), !company.webhooksEnabled()),
          before.endpoints());
    }
    if (before.endpoints().isEmpty()) {
      return null;
    }
    List<Endpoint> endpoints = new ArrayList<>(before.endpoints());
    int index = random.nextInt(endpoints.size());
    endpoints.set(index, changed(endpoints.get(index), what, random));
    return new Subscriptions(company, endpoints);
  }

  private static Endpoint changed(Endpoint e, Scene.Edit what, SplittableRandom random) {
    return switch (what) {
      case PAUSE -> with(e, e.url(), e.names(), !e.paused(), e.deleted(), e.tuning());
      case DELETE -> with(e, e.url(), e.names(), e.paused(), true, e.tuning());
      case TICK -> with(e, e.url(), ticked(e.names(), random), e.paused(), e.deleted(), e.tuning());
      case MOVE ->
          with(
              e,
              Consumers.url(e.id(), "v" + random.nextInt(1_000)),
              e.names(),
              e.paused(),
              e.deleted(),
              e.tuning());
      case PACE, TOGGLE ->
          with(e, e.url(), e.names(), e.paused(), e.deleted(), Cast.tuning(random));
    };
  }

  private static List<String> ticked(List<String> names, SplittableRandom random) {
    List<String> ticked = new ArrayList<>(names);
    String name = Cast.NAMES.get(random.nextInt(Cast.NAMES.size()));
    if (!ticked.remove(name)) {
      ticked.add(name);
    }
    return ticked;
  }

  private static Endpoint with(
      Endpoint e,
      URI url,
      List<String> names,
      boolean paused,
      boolean deleted,
      Endpoint.Tuning tuning) {
    return new Endpoint(
        e.id(),
        e.companyId(),
        url,
        names,
        e.description(),
        paused,
        deleted,
        e.createdAt(),
        e.secrets(),
        tuning);
  }
}
