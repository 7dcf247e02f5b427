package com.poolbrain.webhooks.domain;

import java.util.Locale;

/// An enum constant with a name in lower case that the database, the API, logs and metrics use.
public interface WireNamed {

  /// The name of the constant in Java.
  String name();

  /// The name of the constant everywhere else: [#name()] in lower case.
  default String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The constant with this [#wireName()].
  ///
  /// @param meaning what the enum names, for the error message
  /// @throws IllegalArgumentException if no constant has this name
  static <E extends Enum<E> & WireNamed> E find(Class<E> type, String meaning, String wireName) {
    for (E constant : type.getEnumConstants()) {
      if (constant.wireName().equals(wireName)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("unknown " + meaning + " '" + wireName + "'");
  }
}
