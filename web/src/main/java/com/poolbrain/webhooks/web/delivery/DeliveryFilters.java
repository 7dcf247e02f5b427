package com.poolbrain.webhooks.web.delivery;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.WireNamed;
import com.poolbrain.webhooks.events.EventCatalogue;
import com.poolbrain.webhooks.events.EventTypeDefinition;
import com.poolbrain.webhooks.events.ResolvedEventType;
import com.poolbrain.webhooks.http.input.UuidText;
import com.poolbrain.webhooks.store.query.DeliveryFilter;
import com.poolbrain.webhooks.store.query.ResultFilter;
import com.poolbrain.webhooks.web.component.FieldView;
import com.poolbrain.webhooks.web.component.SelectView;
import com.poolbrain.webhooks.web.component.StatusWords;
import com.poolbrain.webhooks.web.page.EndpointNames;
import com.poolbrain.webhooks.web.page.ListFilters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The filters of the log: what the URL says, and the fields of the form.
final class DeliveryFilters {

  private static final int MAX_SEARCH_LENGTH = 200;
  private static final int MAX_WORD_LENGTH = 40;
  private static final int UUID_LENGTH = 36;
  private static final String ANY_FAILURE = "any failure";
  private static final Map<String, String> GROUPED =
      new TreeMap<>(Map.of("false", "without grouped", "true", "only grouped"));

  private final EventCatalogue catalogue;
  private final EndpointNames endpoints;

  DeliveryFilters(EventCatalogue catalogue, EndpointNames endpoints) {
    this.catalogue = catalogue;
    this.endpoints = endpoints;
  }

  /// Reads the filters of a company's log. Errors are kept in `filters`.
  DeliveryFilter parse(ListFilters filters, long companyId) {
    String search = filters.text("q", "Search", MAX_SEARCH_LENGTH);
    DeliveryStatus status =
        filters.parsed(
            "status",
            "Status",
            MAX_WORD_LENGTH,
            text -> find(DeliveryStatus.values(), text),
            found -> StatusWords.of(found).word(),
            text -> "\"" + text + "\" is no status; select one of the list.");
    List<String> eventNames =
        filters.parsed(
            "event",
            "Event",
            Limits.MAX_EVENT_NAME_LENGTH,
            this::names,
            List::getFirst,
            catalogue::explainUnknown);
    UUID endpointId =
        filters.parsed(
            "endpoint_id",
            "Endpoint",
            UUID_LENGTH,
            UuidText::parse,
            endpoints::host,
            _ -> "this is no id of an endpoint; select one of the list.");
    ResultFilter result =
        filters.parsed(
            "result",
            "Result",
            MAX_WORD_LENGTH,
            ResultFilter::parse,
            DeliveryFilters::describe,
            _ -> "give a code such as 503, a class such as 5xx, an error class, or failed.");
    Trigger trigger =
        filters.parsed(
            "trigger",
            "Trigger",
            MAX_WORD_LENGTH,
            text -> find(Trigger.values(), text),
            Trigger::wireName,
            text -> "\"" + text + "\" is no trigger; select one of the list.");
    Boolean isGrouped =
        filters.parsed(
            "grouped",
            "Grouped",
            MAX_WORD_LENGTH,
            DeliveryFilters::findGrouped,
            grouped -> GROUPED.getOrDefault(grouped.toString(), ""),
            text -> "\"" + text + "\" is no choice; select one of the list.");
    return new DeliveryFilter(
        companyId,
        status,
        eventNames,
        endpointId,
        filters.time("from", "From", false),
        filters.time("to", "To", true),
        search == null || search.indexOf('\0') < 0 ? search : search.replace('\0', '\ufffd'),
        result,
        trigger,
        isGrouped);
  }

  private static @Nullable Boolean findGrouped(String text) {
    return GROUPED.containsKey(text) ? Boolean.valueOf(text) : null;
  }

  private static String describe(ResultFilter result) {
    return switch (result) {
      case ResultFilter.AnyFailure _ -> ANY_FAILURE;
      case ResultFilter.OfErrorClass(var error) -> error.wireName();
      case ResultFilter.StatusRange(int min, int max) ->
          min == max ? Integer.toString(min) : min / 100 + "xx";
    };
  }

  private @Nullable List<String> names(String text) {
    ResolvedEventType found = catalogue.find(text).orElse(null);
    return found == null ? null : found.type().names().all();
  }

  private static <E extends Enum<E> & WireNamed> @Nullable E find(E[] all, String text) {
    return Stream.of(all).filter(one -> one.wireName().equals(text)).findFirst().orElse(null);
  }

  FieldView search(ListFilters filters) {
    return filters.field("q", "Search");
  }

  /// The lists to select from.
  List<SelectView> selects(ListFilters filters) {
    Map<String, String> statuses = new LinkedHashMap<>();
    for (DeliveryStatus status : DeliveryStatus.values()) {
      statuses.put(status.wireName(), StatusWords.of(status).word());
    }
    Map<String, String> results = new LinkedHashMap<>();
    results.put(ResultFilter.FAILED, ANY_FAILURE);
    for (String codes : List.of("2xx", "3xx", "4xx", "5xx")) {
      results.put(codes, codes);
    }
    return List.of(
        filters.select("status", "Status", "Any status", statuses),
        filters.select("event", "Event", "Any event", eventOptions()),
        filters.select("endpoint_id", "Endpoint", "Any endpoint", endpoints.options()),
        filters.select("result", "Result", "Any result", withNames(results, ErrorClass.values())),
        filters.select("trigger", "Trigger", "Any trigger", withNames(Map.of(), Trigger.values())),
        filters.select("grouped", "Grouped", "Grouped or not", GROUPED));
  }

  private Map<String, String> eventOptions() {
    Map<String, String> options = new LinkedHashMap<>();
    for (EventTypeDefinition type : catalogue.types()) {
      options.put(type.name(), type.name());
    }
    return options;
  }

  private static Map<String, String> withNames(Map<String, String> first, WireNamed[] named) {
    Map<String, String> options = new LinkedHashMap<>(first);
    for (WireNamed one : named) {
      options.put(one.wireName(), one.wireName());
    }
    return options;
  }
}
