package com.poolbrain.webhooks.management.export;

import com.poolbrain.webhooks.domain.audit.AuditEntry;
import com.poolbrain.webhooks.management.CompanyManagement;
import com.poolbrain.webhooks.management.ManagementException.TooManyRequests;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.management.audit.AuditTrail;
import com.poolbrain.webhooks.store.Page;
import com.poolbrain.webhooks.store.audit.AuditFilter;
import com.poolbrain.webhooks.store.query.Cursor;
import com.poolbrain.webhooks.store.query.DeliveryFilter;
import com.poolbrain.webhooks.store.query.DeliveryLog;
import com.poolbrain.webhooks.store.query.DeliveryPage;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Exports of the delivery log and the audit: what the lists show with the same filters, as a
/// whole.
public final class ExportManagement {

  /// Rows of one page, each page being a transaction of its own. Not tuned.
  static final int PAGE_SIZE = 500;

  private final CompanyManagement companies;
  private final DeliveryLog deliveryLog;
  private final AuditTrail auditTrail;
  private final ExportLimiter limiter = new ExportLimiter();

  public ExportManagement(
      CompanyManagement companies, DeliveryLog deliveryLog, AuditTrail auditTrail) {
    this.companies = companies;
    this.deliveryLog = deliveryLog;
    this.auditTrail = auditTrail;
  }

  /// The deliveries of a company that match a filter, newest first.
  ///
  /// @throws TooManyRequests if too many exports are running
  public Export exportDeliveries(Principal principal, DeliveryFilter filter, ExportFormat format) {
    Operation.READ_DELIVERIES.require(principal, filter.companyId());
    companies.requireExists(filter.companyId());
    return begin(filter.companyId(), format, DeliveryRows.COLUMNS, new DeliveryPages(filter));
  }

  /// The entries of the audit that match a filter and that the caller may see, newest first.
  ///
  /// @throws TooManyRequests if too many exports are running
  public Export exportAudit(Principal principal, AuditFilter filter, ExportFormat format) {
    Operation.READ_AUDIT.require(principal);
    Long companyId = filter.companyId() == null ? principal.companyId() : filter.companyId();
    return begin(companyId, format, AuditRows.COLUMNS, new AuditPages(principal, filter));
  }

  /// Reads the first page, so that a failure before the first row refuses the export.
  private Export begin(
      @Nullable Long companyId,
      ExportFormat format,
      List<String> columns,
      Supplier<@Nullable List<Row>> pages) {
    limiter.begin(companyId);
    try {
      return new Export(format, columns, pages.get(), pages, () -> limiter.end(companyId));
    } catch (RuntimeException | Error failure) {
      limiter.end(companyId);
      throw failure;
    }
  }

  private final class DeliveryPages implements Supplier<@Nullable List<Row>> {

    private final DeliveryFilter filter;
    private @Nullable Cursor after;
    private boolean isAtEnd;

    private DeliveryPages(DeliveryFilter filter) {
      this.filter = filter;
    }

    @Override
    public @Nullable List<Row> get() {
      if (isAtEnd) {
        return null;
      }
      DeliveryPage page = deliveryLog.list(filter, after, PAGE_SIZE);
      after = page.nextCursor();
      isAtEnd = after == null;
      return page.deliveries().stream().map(DeliveryRows::of).toList();
    }
  }

  private final class AuditPages implements Supplier<@Nullable List<Row>> {

    private final Principal principal;
    private final AuditFilter filter;
    private @Nullable UUID before;
    private boolean isAtEnd;

    private AuditPages(Principal principal, AuditFilter filter) {
      this.principal = principal;
      this.filter = filter;
    }

    @Override
    public @Nullable List<Row> get() {
      if (isAtEnd) {
        return null;
      }
      Page<AuditEntry> page = auditTrail.list(principal, filter, before, PAGE_SIZE);
      isAtEnd = !page.hasMore();
      before = isAtEnd ? null : page.items().getLast().id();
      return page.items().stream().map(AuditRows::of).toList();
    }
  }
}
