package com.poolbrain.webhooks.web;

import com.poolbrain.webhooks.management.CompanyManagement;
import com.poolbrain.webhooks.management.DeliveryManagement;
import com.poolbrain.webhooks.management.EndpointManagement;
import com.poolbrain.webhooks.management.StatisticsManagement;
import com.poolbrain.webhooks.management.TestSend;
import com.poolbrain.webhooks.management.audit.AuditTrail;
import com.poolbrain.webhooks.management.eventtype.EventTypeManagement;
import com.poolbrain.webhooks.management.eventtype.EventTypeRegistry;
import com.poolbrain.webhooks.management.export.ExportManagement;
import com.poolbrain.webhooks.management.job.JobManagement;
import com.poolbrain.webhooks.management.job.RecoveryManagement;
import com.poolbrain.webhooks.management.live.LiveDeliveries;
import com.poolbrain.webhooks.management.notice.RecentNotices;
import com.poolbrain.webhooks.management.notice.Unsubscription;
import com.poolbrain.webhooks.management.probe.UrlChecks;
import com.poolbrain.webhooks.management.secret.SecretManagement;
import com.poolbrain.webhooks.management.session.SessionManagement;
import com.poolbrain.webhooks.management.support.SupportLookup;
import com.poolbrain.webhooks.management.support.SystemHealth;
import java.time.InstantSource;

/// The use cases behind the pages.
public record WebUseCases(
    SessionManagement sessions,
    CompanyManagement companies,
    EndpointManagement endpoints,
    UrlChecks urlChecks,
    SecretManagement secrets,
    TestSend testSend,
    DeliveryManagement deliveries,
    StatisticsManagement statistics,
    ExportManagement exports,
    LiveDeliveries live,
    AuditTrail auditTrail,
    JobManagement jobs,
    RecoveryManagement recovery,
    EventTypeRegistry eventTypes,
    EventTypeManagement eventTypeManagement,
    SupportLookup supportLookup,
    SystemHealth systemHealth,
    RecentNotices notices,
    Unsubscription unsubscription,
    InstantSource clock) {}
