package com.poolbrain.webhooks.domain.address;

import com.poolbrain.webhooks.domain.address.Host.Ambiguous;
import com.poolbrain.webhooks.domain.address.Host.Defect;
import com.poolbrain.webhooks.domain.address.Host.Invalid;
import com.poolbrain.webhooks.domain.address.Host.Literal;
import com.poolbrain.webhooks.domain.address.Host.Name;
import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the hosts of URLs.
final class HostParser {

  private static final Pattern LABEL = Pattern.compile("[a-z0-9_-]+");

  private HostParser() {}

  static Host parse(String text) {
    if (text.startsWith("[")) {
      return parseBracketed(text);
    }
    String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    byte @Nullable [] address = AddressText.parseIpv4(name);
    return address == null
        ? parseName(text, name)
        : new Literal(name, AddressText.toInetAddress(address));
  }

  private static Host parseBracketed(String text) {
    if (!text.endsWith("]")) {
      return new Ambiguous(text);
    }
    String inner = text.substring(1, text.length() - 1);
    byte @Nullable [] address = AddressText.parseIpv6(inner);
    return address == null
        ? new Ambiguous(text)
        : new Literal(inner, AddressText.toInetAddress(address));
  }

  private static Host parseName(String text, String name) {
    String ascii = toAscii(name);
    if (ascii == null) {
      return new Invalid(text, Defect.FORBIDDEN_CHARACTER);
    }
    // IDN turns full-width digits and dots into ASCII.
    if (AddressText.endsInNumber(ascii)) {
      return new Ambiguous(text);
    }
    Defect defect = findDefect(ascii);
    return defect == null ? new Name(ascii) : new Invalid(text, defect);
  }

  private static @Nullable String toAscii(String name) {
    if (name.chars().allMatch(c -> c < 0x80)) {
      return name.toLowerCase(Locale.ROOT);
    }
    try {
      return IDN.toASCII(name).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException noName) {
      return null;
    }
  }

  private static @Nullable Defect findDefect(String name) {
    if (name.isEmpty()) {
      return Defect.EMPTY;
    }
    for (String label : name.split("\\.", -1)) {
      if (label.isEmpty()) {
        return Defect.EMPTY_LABEL;
      } else if (!LABEL.matcher(label).matches()) {
        return Defect.FORBIDDEN_CHARACTER;
      } else if (label.length() > Host.MAX_LABEL_LENGTH) {
        return Defect.LABEL_TOO_LONG;
      }
    }
    return name.length() > Host.MAX_NAME_LENGTH ? Defect.NAME_TOO_LONG : null;
  }
}
