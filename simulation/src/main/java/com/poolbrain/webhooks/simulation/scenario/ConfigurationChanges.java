package com.poolbrain.webhooks.simulation.scenario;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.engine.intake.PublishedEvent;
import com.poolbrain.webhooks.simulation.world.SimulatedEndpoints;
import com.poolbrain.webhooks.simulation.world.TraceFormat;
import com.poolbrain.webhooks.simulation.world.World;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Customers change the configuration; every state is remembered with the time at which it began.
public final class ConfigurationChanges {

  private final World world;
  private final Map<Long, CompanyConfig> currentConfigs = new LinkedHashMap<>();
  private final List<State> states = new ArrayList<>();

  ConfigurationChanges(World world) {
    this.world = world;
  }

  /// One company from one moment on, until the next state of the same company.
  ///
  /// @param fromNanos virtual nanoseconds
  public record State(long version, long fromNanos, CompanyConfig config) {}

  void apply(CompanyConfig company) {
    long version = world.ledger().configure(company);
    currentConfigs.put(company.company().id(), company);
    states.add(new State(version, world.scheduler().nanoTime(), company));
  }

  /// All states of a company, in their order.
  public List<State> statesOf(long companyId) {
    return states.stream().filter(state -> state.config().company().id() == companyId).toList();
  }

  /// The company that an endpoint belongs to.
  long companyIdOf(UUID endpoint) {
    for (CompanyConfig company : currentConfigs.values()) {
      if (company.endpoints().stream().anyMatch(e -> e.id().equals(endpoint))) {
        return company.company().id();
      }
    }
    throw new IllegalArgumentException("no endpoint " + endpoint);
  }

  /// What a test sends.
  public static PublishedEvent.EventItem testItem() {
    return new PublishedEvent.EventItem("{}".getBytes(StandardCharsets.US_ASCII), List.of());
  }

  void execute(ScenarioEvent.ChangeConfig changeConfig) {
    SplittableRandom random = new SplittableRandom(changeConfig.seed());
    List<CompanyConfig> companies = List.copyOf(currentConfigs.values());
    CompanyConfig before = companies.get(changeConfig.companyIndex());
    CompanyConfig after = edited(before, changeConfig.edit(), random);
    if (after != null) {
      world
          .trace()
          .add(
              "customer",
              () ->
                  "changes company %d, %s: %s"
                      .formatted(before.company().id(), changeConfig.edit(), describe(after)));
      apply(after);
    }
  }

  private static String describe(CompanyConfig company) {
    StringBuilder text = new StringBuilder(company.company().webhooksEnabled() ? "on" : "OFF");
    for (Endpoint e : company.endpoints()) {
      text.append(", ")
          .append(TraceFormat.shortId(e.id()))
          .append(e.deleted() ? " deleted" : e.paused() ? " paused" : "")
          .append(' ')
          .append(e.subscribedEvents())
          .append(e.deliveryOptions());
    }
    return text.toString();
  }

  private static @Nullable CompanyConfig edited(
      CompanyConfig before, ScenarioEvent.ConfigEdit edit, SplittableRandom random) {
    Company company = before.company();
    if (edit == ScenarioEvent.ConfigEdit.TOGGLE_WEBHOOKS) {
      return new CompanyConfig(
          new Company(company.id(), company.name(), !company.webhooksEnabled()),
          before.endpoints());
    }
    if (before.endpoints().isEmpty()) {
      return null;
    }
    List<Endpoint> endpoints = new ArrayList<>(before.endpoints());
    int index = random.nextInt(endpoints.size());
    endpoints.set(index, edited(endpoints.get(index), edit, random));
    return new CompanyConfig(company, endpoints);
  }

  private static Endpoint edited(
      Endpoint e, ScenarioEvent.ConfigEdit edit, SplittableRandom random) {
    return switch (edit) {
      case TOGGLE_PAUSE -> e.withPaused(!e.paused());
      case DELETE_ENDPOINT -> e.withDeleted(true);
      case TOGGLE_SUBSCRIPTION ->
          e.withSubscribedEvents(withToggledSubscription(e.subscribedEvents(), random));
      case CHANGE_URL -> e.withUrl(SimulatedEndpoints.url(e.id(), "v" + random.nextInt(1_000)));
      case CHANGE_OPTIONS, TOGGLE_WEBHOOKS ->
          e.withDeliveryOptions(Participants.randomOptions(random));
    };
  }

  private static List<String> withToggledSubscription(List<String> names, SplittableRandom random) {
    List<String> toggled = new ArrayList<>(names);
    String name =
        Participants.EVENT_TYPE_NAMES.get(random.nextInt(Participants.EVENT_TYPE_NAMES.size()));
    if (!toggled.remove(name)) {
      toggled.add(name);
    }
    return toggled;
  }
}
