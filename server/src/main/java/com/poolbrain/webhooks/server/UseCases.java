package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.domain.address.AddressGuard;
import com.poolbrain.webhooks.engine.Engine;
import com.poolbrain.webhooks.engine.request.EndpointProbe;
import com.poolbrain.webhooks.management.ApiKeyManagement;
import com.poolbrain.webhooks.management.AuditedChanges;
import com.poolbrain.webhooks.management.CompanyManagement;
import com.poolbrain.webhooks.management.DeliveryManagement;
import com.poolbrain.webhooks.management.EndpointManagement;
import com.poolbrain.webhooks.management.EndpointValidator;
import com.poolbrain.webhooks.management.StatisticsManagement;
import com.poolbrain.webhooks.management.TestSend;
import com.poolbrain.webhooks.management.audit.AuditTrail;
import com.poolbrain.webhooks.management.erasure.ErasureManagement;
import com.poolbrain.webhooks.management.eventtype.EventTypeManagement;
import com.poolbrain.webhooks.management.eventtype.EventTypeRegistry;
import com.poolbrain.webhooks.management.export.ExportManagement;
import com.poolbrain.webhooks.management.job.JobManagement;
import com.poolbrain.webhooks.management.job.RecoveryManagement;
import com.poolbrain.webhooks.management.probe.UrlChecks;
import com.poolbrain.webhooks.management.secret.SecretManagement;
import com.poolbrain.webhooks.management.session.PageAddress;
import com.poolbrain.webhooks.management.session.PortalLinkManagement;
import com.poolbrain.webhooks.management.session.SessionManagement;
import com.poolbrain.webhooks.management.support.SupportLookup;
import com.poolbrain.webhooks.management.support.SystemHealth;
import com.poolbrain.webhooks.server.settings.Settings;
import com.poolbrain.webhooks.signature.Secret;
import java.time.InstantSource;
import java.util.function.Supplier;

/// All use cases of the service.
final class UseCases {

  final CompanyManagement companies;
  final EndpointManagement endpoints;
  final SecretManagement secrets;
  final ApiKeyManagement apiKeys;
  final DeliveryManagement deliveries;
  final StatisticsManagement statistics;
  final TestSend testSend;
  final EventTypeManagement eventTypes;
  final AuditTrail auditTrail;
  final JobManagement jobs;
  final UrlChecks urlChecks;
  final ErasureManagement erasures;
  final PortalLinkManagement portalLinks;
  final SessionManagement sessions;
  final SupportLookup supportLookup;
  final SystemHealth systemHealth;
  final RecoveryManagement recovery;
  final ExportManagement exports;

  /// @param probe looks at URLs of endpoints
  /// @param pageAddress where browsers reach the service
  UseCases(
      StoreModule store,
      Engine engine,
      EventTypeRegistry registry,
      InstantSource clock,
      JobWorks works,
      BackgroundJobs backgroundJobs,
      Settings settings,
      EndpointProbe probe,
      Supplier<PageAddress> pageAddress) {
    Settings.EgressSettings egress = settings.delivery().egress();
    var changes = new AuditedChanges(engine, store.auditLog());
    companies = new CompanyManagement(store.companies(), store.openDeliveries(), changes);
    endpoints =
        new EndpointManagement(
            companies,
            store.endpoints(),
            store.endpointHistory(),
            store.endpointStatuses(),
            new EndpointValidator(
                registry,
                new AddressGuard(egress.allowedNetworks(), egress.deniedNetworks()),
                egress.allowHttp()),
            UseCases::generateSecret,
            changes);
    secrets = new SecretManagement(store.endpoints(), UseCases::generateSecret, clock, changes);
    apiKeys = new ApiKeyManagement(store.apiKeys(), clock, changes);
    deliveries =
        new DeliveryManagement(
            companies,
            store.deliveryLog(DeliveryManagement.runningAttempts(engine)),
            engine,
            changes,
            store.retention(),
            clock);
    testSend = new TestSend(engine, registry, changes);
    eventTypes = new EventTypeManagement(registry, store.eventTypes(), changes);
    statistics =
        new StatisticsManagement(companies, store.endpoints(), store.statisticsReader(), clock);
    supportLookup =
        new SupportLookup(
            store.eventLookup(DeliveryManagement.runningAttempts(engine)),
            store.endpointHistory(),
            registry::findEventType,
            store.retention(),
            clock);
    systemHealth =
        new SystemHealth(engine::stats, store.database()::isReachable, store.failingEndpoints());
    auditTrail = new AuditTrail(store.auditLog());
    exports =
        new ExportManagement(
            companies, store.deliveryLog(DeliveryManagement.runningAttempts(engine)), auditTrail);
    urlChecks = new UrlChecks(endpoints, probe, System::nanoTime);
    portalLinks = new PortalLinkManagement(store.portalLinks(), pageAddress);
    sessions = new SessionManagement(store.portalLinks(), store.sessions(), apiKeys);
    jobs =
        new JobManagement(
            companies,
            store.jobs(),
            store.keyRotation(),
            works.customerErasure(),
            backgroundJobs.runner);
    erasures =
        new ErasureManagement(
            companies,
            works.customerErasure(),
            works.companyDeletion(),
            changes,
            backgroundJobs.runner);
    recovery =
        new RecoveryManagement(
            store.companies(),
            store.endpoints(),
            store.jobs(),
            backgroundJobs.deliveryWorks,
            backgroundJobs.runner,
            clock,
            settings.store().retentionDays());
  }

  private static Secret generateSecret() {
    return Secret.generate(StoreModule.RANDOM);
  }
}
