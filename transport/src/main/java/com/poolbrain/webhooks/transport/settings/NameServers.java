package com.poolbrain.webhooks.transport.settings;

import com.poolbrain.webhooks.domain.address.AddressText;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The name servers that are asked, and how.
///
/// @param servers in the order of use
/// @param queryTimeout of one query to one server
/// @param rounds how often all servers are asked before a name counts as unresolved
/// @param rotate whether look-ups begin with each server in turn, not always with the first one
public record NameServers(
    List<InetSocketAddress> servers, Duration queryTimeout, int rounds, boolean rotate) {

  private static final Duration DEFAULT_QUERY_TIMEOUT = Duration.ofSeconds(2);

  /// A longer timeout would leave an attempt no time for the second server.
  private static final Duration MAX_QUERY_TIMEOUT = Duration.ofSeconds(5);

  private static final int DEFAULT_ROUNDS = 2;
  private static final int MAX_ROUNDS = 5;
  private static final int MAX_SERVERS = 3;
  private static final int DNS_PORT = 53;

  private static final Pattern NUMBER_OPTION = Pattern.compile("(timeout|attempts):([0-9]{1,9})");

  /// Validates the values.
  public NameServers {
    servers = List.copyOf(servers);
    if (servers.isEmpty() || !queryTimeout.isPositive() || rounds < 1) {
      throw new IllegalArgumentException(
          "there must be a name server, a positive query timeout and at least one round");
    }
  }

  /// These servers in their order, 2 s for each query, two rounds.
  public static NameServers of(List<InetSocketAddress> servers) {
    return new NameServers(servers, DEFAULT_QUERY_TIMEOUT, DEFAULT_ROUNDS, false);
  }

  /// Reads the lines of a `resolv.conf` as glibc does: at most three servers, that of this machine
  /// if there is none; of the options `timeout` (here 2 s by default, at most 5 s), `attempts` and
  /// `rotate`. `search`, `domain` and `ndots` have no meaning here: host names of URLs are
  /// complete.
  public static NameServers parse(List<String> lines) {
    List<InetSocketAddress> servers = new ArrayList<>();
    Duration timeout = DEFAULT_QUERY_TIMEOUT;
    int rounds = DEFAULT_ROUNDS;
    boolean rotate = false;
    for (String line : lines) {
      String[] words = line.split("[ \t]+", -1);
      if (words[0].equals("nameserver") && words.length > 1 && servers.size() < MAX_SERVERS) {
        addServer(servers, words[1]);
      }
      for (int i = 1; words[0].equals("options") && i < words.length; i++) {
        Matcher option = NUMBER_OPTION.matcher(words[i]);
        if (words[i].equals("rotate")) {
          rotate = true;
        } else if (option.matches()) {
          int number = Math.max(1, Integer.parseInt(option.group(2)));
          if (option.group(1).equals("timeout")) {
            timeout = Duration.ofSeconds(Math.min(number, MAX_QUERY_TIMEOUT.toSeconds()));
          } else {
            rounds = Math.min(number, MAX_ROUNDS);
          }
        }
      }
    }
    if (servers.isEmpty()) {
      servers.add(new InetSocketAddress(InetAddress.getLoopbackAddress(), DNS_PORT));
    }
    return new NameServers(servers, timeout, rounds, rotate);
  }

  private static void addServer(List<InetSocketAddress> servers, String text) {
    InetAddress address = parseAddress(text);
    if (address != null) {
      servers.add(new InetSocketAddress(address, DNS_PORT));
    }
  }

  /// An address, link-local ones with their interface.
  private static @Nullable InetAddress parseAddress(String text) {
    byte[] bytes = AddressText.parse(text);
    if (bytes != null) {
      return AddressText.toInetAddress(bytes);
    }
    try {
      return text.indexOf('%') < 0 ? null : InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException invalid) {
      return null;
    }
  }
}
