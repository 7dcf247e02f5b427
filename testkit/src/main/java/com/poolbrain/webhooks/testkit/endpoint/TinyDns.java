package com.poolbrain.webhooks.testkit.endpoint;

import com.poolbrain.webhooks.domain.address.AddressText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A DNS server on loopback with scripted replies. Names without a script do not exist (NXDOMAIN).
public final class TinyDns implements AutoCloseable {

  /// A scripted reply.
  public sealed interface Reply {

    /// Those of the records that have the requested type.
    record Records(List<AddressRecord> records) implements Reply {}

    /// An error code.
    record Failure(int code) implements Reply {}

    /// An alias of another name (CNAME), without that name's addresses.
    record Alias(String target) implements Reply {}

    /// No reply.
    record NoReply() implements Reply {}

    /// One record for each address.
    static Reply addresses(int ttl, String... addresses) {
      return new Records(
          Stream.of(addresses).map(address -> new AddressRecord(ttl, address)).toList());
    }
  }

  /// An address record with its TTL in seconds. An IPv4-mapped address such as `::ffff:10.0.0.1` is
  /// an AAAA record.
  public record AddressRecord(int ttl, String address) {

    byte[] bytes() {
      byte[] bytes = Objects.requireNonNull(AddressText.parse(address), address);
      return bytes.length == 4 && address.indexOf(':') >= 0 ? mapped(bytes) : bytes;
    }

    private static byte[] mapped(byte[] ipv4) {
      return ByteBuffer.allocate(16).putShort(10, (short) -1).put(12, ipv4).array();
    }
  }

  /// Response code of a server that failed.
  public static final int SERVFAIL = 2;

  /// Response code for a name that does not exist.
  public static final int NXDOMAIN = 3;

  /// Response code of a server that refuses to answer.
  public static final int REFUSED = 5;

  private static final int A = 1;
  private static final int CNAME = 5;
  private static final int AAAA = 28;

  /// A received question.
  private record Question(byte[] wire, int id, String name, int type) {

    boolean matches(AddressRecord record) {
      return record.bytes().length == (type == A ? 4 : type == AAAA ? 16 : 0);
    }
  }

  private final DatagramSocket socket;
  private final Map<String, List<Reply>> zone = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> queryCount = new ConcurrentHashMap<>();

  /// Starts the server on a free port.
  public TinyDns() {
    try {
      socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
    Thread.ofPlatform().daemon().name("tiny-dns").start(this::serve);
  }

  /// Scripts the replies for a name, one for each query. The last one is repeated.
  public TinyDns setReplies(String name, Reply... replies) {
    zone.put(name, List.of(replies));
    return this;
  }

  /// The number of queries for IPv4 addresses of a name.
  public int queryCount(String name) {
    return counter(name, A).get();
  }

  /// The address of the server.
  public InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  private AtomicInteger counter(String name, int type) {
    return queryCount.computeIfAbsent(name + "/" + type, _ -> new AtomicInteger());
  }

  private void serve() {
    byte[] buffer = new byte[512];
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        Question question = parseQuestion(Arrays.copyOf(buffer, packet.getLength()));
        byte[] answer = encodeReply(question, nextReply(question));
        if (answer.length > 0) {
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      }
    } catch (IOException closed) {
      // Closing the socket ends this loop.
    }
  }

  private Reply nextReply(Question question) {
    int index = counter(question.name, question.type).getAndIncrement();
    List<Reply> replies = zone.getOrDefault(question.name, List.of(new Reply.Failure(NXDOMAIN)));
    return replies.get(Math.min(index, replies.size() - 1));
  }

  private static Question parseQuestion(byte[] wire) {
    ByteBuffer in = ByteBuffer.wrap(wire);
    int id = in.getShort();
    in.position(12);
    List<String> labels = new ArrayList<>();
    for (int length = in.get(); length > 0; length = in.get()) {
      byte[] label = new byte[length];
      in.get(label);
      labels.add(new String(label, StandardCharsets.US_ASCII));
    }
    String name = String.join(".", labels).toLowerCase(Locale.ROOT);
    int type = in.getShort();
    in.getShort();
    return new Question(Arrays.copyOfRange(wire, 12, in.position()), id, name, type);
  }

  private static byte[] encodeReply(Question question, Reply reply) throws IOException {
    return switch (reply) {
      case Reply.NoReply _ -> new byte[0];
      case Reply.Failure(int code) -> message(question, code, List.of());
      case Reply.Records(List<AddressRecord> records) ->
          message(
              question,
              0,
              records.stream()
                  .filter(question::matches)
                  .map(record -> new Answer(question.type, record.ttl, record.bytes()))
                  .toList());
      case Reply.Alias(String target) ->
          message(question, 0, List.of(new Answer(CNAME, 60, encodeName(target))));
    };
  }

  private static byte[] encodeName(String name) {
    ByteBuffer out = ByteBuffer.allocate(name.length() + 2);
    for (String label : name.split("\\.", -1)) {
      out.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
    }
    return out.put((byte) 0).array();
  }

  /// A record of a reply about the name of the question.
  private record Answer(int type, int ttl, byte[] data) {}

  private static byte[] message(Question question, int code, List<Answer> records) {
    ByteBuffer out = ByteBuffer.allocate(512);
    out.putShort((short) question.id).putShort((short) (0x8180 | code));
    out.putShort((short) 1).putShort((short) records.size()).putInt(0);
    out.put(question.wire);
    for (Answer record : records) {
      // A pointer to the name at offset 12.
      out.putShort((short) 0xc00c).putShort((short) record.type).putShort((short) 1);
      out.putInt(record.ttl).putShort((short) record.data.length).put(record.data);
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  @Override
  public void close() {
    socket.close();
  }
}
