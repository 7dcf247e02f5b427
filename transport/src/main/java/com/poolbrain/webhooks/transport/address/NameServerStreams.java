package com.poolbrain.webhooks.transport.address;

import com.poolbrain.webhooks.transport.settings.NameServers;
import io.netty.resolver.dns.DnsServerAddressStream;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddresses;
import java.util.function.Supplier;

/// Gives the name servers to Netty's resolver, in the order for one look-up.
final class NameServerStreams implements DnsServerAddressStreamProvider {

  /// The servers of one configuration; remembers which one is first in the next look-up.
  private record Rotation(NameServers nameServers, DnsServerAddresses addresses) {

    static Rotation of(NameServers nameServers) {
      return new Rotation(
          nameServers,
          nameServers.rotate()
              ? DnsServerAddresses.rotational(nameServers.servers())
              : DnsServerAddresses.sequential(nameServers.servers()));
    }
  }

  private final Supplier<NameServers> source;
  private volatile Rotation rotation;

  NameServerStreams(Supplier<NameServers> source) {
    this.source = source;
    this.rotation = Rotation.of(source.get());
  }

  @Override
  public DnsServerAddressStream nameServerAddressStream(String hostname) {
    NameServers current = source.get();
    Rotation known = rotation;
    if (!known.nameServers().equals(current)) {
      known = Rotation.of(current);
      rotation = known;
    }
    return known.addresses().stream();
  }
}
