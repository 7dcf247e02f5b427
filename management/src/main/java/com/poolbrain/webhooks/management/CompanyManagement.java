package com.poolbrain.webhooks.management;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.events.ValidationError;
import com.poolbrain.webhooks.management.ManagementException.NotFound;
import com.poolbrain.webhooks.store.Page;
import com.poolbrain.webhooks.store.config.Companies;
import com.poolbrain.webhooks.store.query.OpenDeliveries;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Companies and their "Use Webhooks" toggles.
public final class CompanyManagement {

  private static final String BEING_DELETED =
      "A company of this id is being deleted; create the new one when the job has ended.";

  private final Companies companies;
  private final OpenDeliveries openDeliveries;
  private final AuditedChanges changes;

  public CompanyManagement(
      Companies companies, OpenDeliveries openDeliveries, AuditedChanges changes) {
    this.companies = companies;
    this.openDeliveries = openDeliveries;
    this.changes = changes;
  }

  /// The rules that the name of a company breaks.
  public static List<ValidationError> validateName(@Nullable String name) {
    var check = new InputCheck();
    check.name("/name", name);
    return check.errors();
  }

  /// Creates a company with webhooks off, or renames it. Refused while the company is being
  /// deleted.
  public Result<Companies.PutResult> put(Principal principal, long id, String name)
      throws InterruptedException {
    InputCheck.requireValid(validateName(name));
    return changes.changeConfigIfAllowed(
        principal,
        Operation.CHANGE_COMPANY,
        id,
        actor -> {
          Companies.PutResult result = companies.put(id, name, actor);
          RefusedChange.when(result == null, BEING_DELETED);
          return Objects.requireNonNull(result);
        });
  }

  public Company get(Principal principal, long id) {
    Operation.READ_COMPANY.require(principal, id);
    return require(id, companies.get(id));
  }

  /// A company with how much it has now.
  ///
  /// @param endpoints that are not deleted
  public record CompanyState(Company company, long endpoints, OpenDeliveries.Counts open) {}

  /// A company with how much it has now.
  public CompanyState getState(Principal principal, long id) {
    Company company = get(principal, id);
    return new CompanyState(company, companies.countEndpoints(id), openDeliveries.count(id, null));
  }

  /// How many deliveries of a company have not ended.
  ///
  /// @param endpointId counts those to one endpoint; null for all
  public OpenDeliveries.Counts countOpenDeliveries(
      Principal principal, long id, @Nullable UUID endpointId) {
    Operation.READ_DELIVERIES.require(principal, id);
    return openDeliveries.count(id, endpointId);
  }

  /// Switches webhooks on or off.
  public Company setWebhooksEnabled(Principal principal, long id, boolean enabled)
      throws InterruptedException {
    return changes.changeConfig(
        principal,
        Operation.CHANGE_COMPANY,
        id,
        actor -> require(id, companies.setWebhooksEnabled(id, enabled, actor)));
  }

  /// The companies that the caller can access, by ascending id.
  ///
  /// @param after the last id of the page before; 0 for the first page
  public Page<Company> list(Principal principal, long after, int limit) {
    Operation.LIST_COMPANIES.require(principal);
    Long ownId = principal.companyId();
    return ownId == null
        ? companies.list(after, limit)
        : new Page<>(List.of(require(ownId, companies.get(ownId))), false);
  }

  /// Checks that a company exists.
  ///
  /// @throws NotFound if there is no such company
  public void requireExists(long id) {
    require(id, companies.get(id));
  }

  private static Company require(long id, @Nullable Company company) {
    if (company == null) {
      throw NotFound.company(id);
    }
    return company;
  }
}
