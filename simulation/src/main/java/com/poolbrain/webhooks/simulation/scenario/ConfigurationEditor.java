package com.poolbrain.webhooks.simulation.scenario;

import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.simulation.world.SimulatedEndpoints;
import com.poolbrain.webhooks.simulation.world.TraceFormat;
import com.poolbrain.webhooks.simulation.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// The customers who change the configuration of their companies.
final class ConfigurationEditor {

  private final World world;

  ConfigurationEditor(World world) {
    this.world = world;
  }

  void execute(ScenarioEvent.ChangeConfig changeConfig) {
    SplittableRandom random = new SplittableRandom(changeConfig.seed());
    CompanyConfig before =
        world.ledger().configuration().current().get(changeConfig.companyIndex());
    CompanyConfig after = edited(before, changeConfig.edit(), random);
    if (after != null) {
      world.trace(
          "customer",
          () ->
              "changes company %d, %s: %s"
                  .formatted(before.company().id(), changeConfig.edit(), describe(after)));
      world.ledger().configure(after);
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
    if (edit == ScenarioEvent.ConfigEdit.TOGGLE_WEBHOOKS) {
      return before.withWebhooksEnabled(!before.company().webhooksEnabled());
    }
    if (before.endpoints().isEmpty()) {
      return null;
    }
    Endpoint endpoint = before.endpoints().get(random.nextInt(before.endpoints().size()));
    return before.withEndpoint(endpoint.id(), e -> edited(e, edit, random));
  }

  private static Endpoint edited(
      Endpoint e, ScenarioEvent.ConfigEdit edit, SplittableRandom random) {
    return switch (edit) {
      case TOGGLE_PAUSE -> e.withPaused(!e.paused());
      case DELETE_ENDPOINT -> e.withDeleted(true);
      case TOGGLE_SUBSCRIPTION ->
          e.withSubscribedEvents(withToggledName(e.subscribedEvents(), random));
      case CHANGE_URL -> e.withUrl(SimulatedEndpoints.url(e.id(), "v" + random.nextInt(1_000)));
      case CHANGE_OPTIONS, TOGGLE_WEBHOOKS ->
          e.withDeliveryOptions(Participants.randomOptions(random));
    };
  }

  private static List<String> withToggledName(List<String> names, SplittableRandom random) {
    List<String> toggled = new ArrayList<>(names);
    String name =
        Participants.EVENT_TYPE_NAMES.get(random.nextInt(Participants.EVENT_TYPE_NAMES.size()));
    if (!toggled.remove(name)) {
      toggled.add(name);
    }
    return toggled;
  }
}
