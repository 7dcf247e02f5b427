package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.api.docs.DocsRoutes;
import com.poolbrain.webhooks.api.docs.SettingDescription;
import com.poolbrain.webhooks.api.manage.ApiKeyRoutes;
import com.poolbrain.webhooks.api.manage.AuditRoutes;
import com.poolbrain.webhooks.api.manage.CompanyRoutes;
import com.poolbrain.webhooks.api.manage.DeliveryRoutes;
import com.poolbrain.webhooks.api.manage.EndpointRoutes;
import com.poolbrain.webhooks.api.manage.ErasureRoutes;
import com.poolbrain.webhooks.api.manage.EventTypeRoutes;
import com.poolbrain.webhooks.api.manage.JobRoutes;
import com.poolbrain.webhooks.api.manage.PortalLinkRoutes;
import com.poolbrain.webhooks.api.manage.RecoveryRoutes;
import com.poolbrain.webhooks.api.manage.SecretRoutes;
import com.poolbrain.webhooks.api.manage.StatisticsRoutes;
import com.poolbrain.webhooks.api.manage.SupportRoutes;
import com.poolbrain.webhooks.api.manage.TestSendRoutes;
import com.poolbrain.webhooks.api.ops.OperationsRoutes;
import com.poolbrain.webhooks.api.publish.PublishRequestParser;
import com.poolbrain.webhooks.api.publish.PublishRoute;
import com.poolbrain.webhooks.engine.Engine;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.management.eventtype.EventTypeRegistry;
import com.poolbrain.webhooks.server.settings.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// All routes of the service.
final class RouteTable {

  private RouteTable() {}

  static List<HttpRoute> create(
      UseCases useCases, Engine engine, EventTypeRegistry eventTypes, OperationsRoutes operations) {
    return Stream.of(
            new PublishRoute(new PublishRequestParser(eventTypes), engine::publish).routes(),
            new CompanyRoutes(useCases.companies).routes(),
            new EndpointRoutes(useCases.endpoints).routes(),
            new SecretRoutes(useCases.secrets).routes(),
            new ApiKeyRoutes(useCases.apiKeys).routes(),
            new DeliveryRoutes(useCases.deliveries, useCases.exports, eventTypes).routes(),
            new StatisticsRoutes(useCases.statistics).routes(),
            new TestSendRoutes(useCases.testSend).routes(),
            new EventTypeRoutes(useCases.eventTypes).routes(),
            new AuditRoutes(useCases.auditTrail, useCases.exports).routes(),
            new SupportRoutes(useCases.supportLookup).routes(),
            new JobRoutes(useCases.jobs).routes(),
            new ErasureRoutes(useCases.erasures).routes(),
            new PortalLinkRoutes(useCases.portalLinks).routes(),
            new RecoveryRoutes(useCases.recovery).routes(),
            new DocsRoutes(eventTypes, describeSettings()).routes(),
            operations.routes())
        .flatMap(List::stream)
        .toList();
  }

  private static List<SettingDescription> describeSettings() {
    return Arrays.stream(Setting.values())
        .map(setting ->
            new SettingDescription(
                setting.environmentName(), setting.defaultValue(), setting.description()))
        .toList();
  }
}
