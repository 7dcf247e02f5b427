package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.api.docs.DocsRoutes;
import com.poolbrain.webhooks.api.docs.SettingDescription;
import com.poolbrain.webhooks.api.manage.EventTypeRoutes;
import com.poolbrain.webhooks.api.manage.ManagementRoutes;
import com.poolbrain.webhooks.api.ops.OperationsRoutes;
import com.poolbrain.webhooks.api.ops.OperationsRoutes.HealthCheck;
import com.poolbrain.webhooks.api.publish.PublishRequestParser;
import com.poolbrain.webhooks.api.publish.PublishRoute;
import com.poolbrain.webhooks.events.EventCatalogue;
import com.poolbrain.webhooks.http.Route;
import com.poolbrain.webhooks.management.EndpointRules;
import com.poolbrain.webhooks.server.settings.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// All routes of the service.
final class RouteTable {

  private RouteTable() {}

  static List<Route> create(
      StartedComponents startedComponents, EventCatalogue eventCatalogue, boolean allowHttp) {
    var rules =
        new EndpointRules(
            eventCatalogue,
            allowHttp,
            startedComponents.storeModule().random(),
            startedComponents.clock());
    return Stream.of(
            new PublishRoute(
                    new PublishRequestParser(eventCatalogue), startedComponents.engine()::publish)
                .routes(),
            new ManagementRoutes(
                    startedComponents.storeModule().repositories(startedComponents.engine()),
                    startedComponents.engine(),
                    rules)
                .routes(),
            new EventTypeRoutes(eventCatalogue).routes(),
            new DocsRoutes(eventCatalogue, settings()).routes(),
            new OperationsRoutes(
                    healthChecks(startedComponents), startedComponents.metrics()::scrape)
                .routes())
        .flatMap(List::stream)
        .toList();
  }

  private static List<SettingDescription> settings() {
    return Arrays.stream(Setting.values())
        .map(setting ->
            new SettingDescription(
                setting.environmentName(), setting.defaultValue(), setting.description()))
        .toList();
  }

  private static List<HealthCheck> healthChecks(StartedComponents startedComponents) {
    return List.of(
        new HealthCheck("database", startedComponents.storeModule()::isReachable),
        new HealthCheck("partitions", startedComponents.partitionMaintenance()::isReady),
        new HealthCheck("lease", () -> startedComponents.engine().stats().isLeaseFresh()));
  }
}
