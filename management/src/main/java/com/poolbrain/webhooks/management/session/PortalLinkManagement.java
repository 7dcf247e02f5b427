package com.poolbrain.webhooks.management.session;

import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.domain.session.Role;
import com.poolbrain.webhooks.domain.text.TextRule;
import com.poolbrain.webhooks.events.ValidationError;
import com.poolbrain.webhooks.management.ManagementException.InvalidInput;
import com.poolbrain.webhooks.management.ManagementException.NotFound;
import com.poolbrain.webhooks.management.ManagementException.NotPermitted;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.management.Result;
import com.poolbrain.webhooks.store.session.PortalLinks;
import com.poolbrain.webhooks.store.session.PortalLinks.CreatedLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Links into the page of a company, which the host application makes for its users.
public final class PortalLinkManagement {

  /// How long a link can be opened unless the caller chooses.
  public static final Duration DEFAULT_LIFETIME = Duration.ofMinutes(5);

  /// The shortest time that a link can be opened.
  public static final Duration MIN_LIFETIME = Duration.ofSeconds(30);

  /// The longest time that a link can be opened.
  public static final Duration MAX_LIFETIME = Duration.ofDays(1);

  private final PortalLinks portalLinks;
  private final Supplier<PageAddress> address;

  /// @param address where browsers reach the service
  public PortalLinkManagement(PortalLinks portalLinks, Supplier<PageAddress> address) {
    this.portalLinks = portalLinks;
    this.address = address;
  }

  /// The rules that the input of [#create] breaks.
  public static List<ValidationError> validate(PortalLinkInput input) {
    var errors = new ArrayList<ValidationError>();
    if (!"viewer".equals(input.role()) && !"manager".equals(input.role())) {
      errors.add(new ValidationError("/role", "Send \"viewer\" or \"manager\"."));
    }
    String userError = findUserError(input.user());
    if (userError != null) {
      errors.add(new ValidationError("/user", userError));
    }
    Long ttl = input.ttlSeconds();
    if (ttl != null && (ttl < MIN_LIFETIME.toSeconds() || ttl > MAX_LIFETIME.toSeconds())) {
      errors.add(
          new ValidationError(
              "/ttl_seconds",
              "Must be a whole number from %d to %d."
                  .formatted(MIN_LIFETIME.toSeconds(), MAX_LIFETIME.toSeconds())));
    }
    return errors;
  }

  private static @Nullable String findUserError(@Nullable String user) {
    if (user == null) {
      return "Is missing; send the name or e-mail of the user, which the audit shows.";
    }
    if (user.codePointCount(0, user.length()) > Limits.MAX_NAME_LENGTH) {
      return "Must have at most " + Limits.MAX_NAME_LENGTH + " characters.";
    }
    return TextRule.LINE.findError(user);
  }

  /// Makes a link. Refused if the sessions that it opens could be read on their way.
  public Result<PortalLink> create(Principal principal, long companyId, PortalLinkInput input) {
    List<ValidationError> errors = validate(input);
    if (!errors.isEmpty()) {
      throw new InvalidInput(errors);
    }
    Operation.CREATE_PORTAL_LINKS.require(principal, companyId);
    if (principal.user() != null) {
      throw new NotPermitted("Portal links are made with an API key, not by users of the page.");
    }
    PageAddress page = address.get();
    if (!page.isPrivate()) {
      return new Result.Refused<>(
          "The page is reached at %s, where its sessions could be read on their way; set WEBHOOKS_PUBLIC_URL to an https URL."
              .formatted(page.url()));
    }
    Long ttl = input.ttlSeconds();
    CreatedLink created =
        portalLinks.create(
            UUID.fromString(principal.keyId()),
            companyId,
            Role.fromWireName(Objects.requireNonNull(input.role())),
            Objects.requireNonNull(input.user()),
            ttl == null ? DEFAULT_LIFETIME : Duration.ofSeconds(ttl));
    if (created == null) {
      throw NotFound.company(companyId);
    }
    return new Result.Done<>(
        new PortalLink(
            page.resolve("/companies/%d/webhooks/open/%s".formatted(companyId, created.token())),
            created.expiresAt()));
  }
}
