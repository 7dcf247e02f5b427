package com.poolbrain.webhooks.engine.statistics;

import com.poolbrain.webhooks.domain.EndpointResponse;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// The names under which attempts are counted, made once.
final class ResultNames {

  private static final int MAX_STATUS_CODE = 999;

  private static final String[] STATUS_CODES = new String[MAX_STATUS_CODE + 1];
  private static final Map<ErrorClass, String> ERROR_CLASSES = new EnumMap<>(ErrorClass.class);

  static {
    for (ErrorClass errorClass : ErrorClass.values()) {
      ERROR_CLASSES.put(errorClass, errorClass.wireName());
    }
    Arrays.setAll(STATUS_CODES, Integer::toString);
  }

  private ResultNames() {}

  /// The status code; the error class if no status was received.
  static String of(Outcome outcome) {
    EndpointResponse response = outcome.response();
    if (response != null) {
      return STATUS_CODES[response.statusCode()];
    }
    return switch (outcome) {
      case Outcome.Failed failed -> Objects.requireNonNull(ERROR_CLASSES.get(failed.error()));
      case Outcome.Delivered _ -> throw new IllegalStateException("delivered without a response");
    };
  }
}
