package com.poolbrain.webhooks.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpFramerTest {

  private final List<String> bodies = new ArrayList<>();
  private final HttpFramer framer =
      new HttpFramer((bytes, _, body, end) ->
          bodies.add(new String(bytes, body, end - body, StandardCharsets.US_ASCII)));

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
  void bodies_are_complete_however_the_bytes_are_split(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> sent = new ArrayList<>();
    StringBuilder stream = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      String body = "x".repeat(random.nextInt(300)) + i;
      sent.add(body);
      stream.append(random.nextBoolean() ? withContentLength(body, random) : chunked(body, random));
    }

    byte[] bytes = stream.toString().getBytes(StandardCharsets.US_ASCII);
    for (int at = 0; at < bytes.length; ) {
      int size = Math.min(bytes.length - at, 1 + random.nextInt(700));
      framer.feed(Unpooled.wrappedBuffer(bytes, at, size));
      at += size;
    }

    assertThat(bodies).isEqualTo(sent);
  }

  private static String withContentLength(String body, SplittableRandom random) {
    String name = random.nextBoolean() ? "Content-Length" : "content-length";
    return "POST /ok/0 HTTP/1.1\r\nHost: a\r\n" + name + ": " + body.length() + "\r\n\r\n" + body;
  }

  private static String chunked(String body, SplittableRandom random) {
    StringBuilder text = new StringBuilder("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int at = 0; at < body.length(); ) {
      int size = Math.min(body.length() - at, 1 + random.nextInt(100));
      text.append(Integer.toHexString(size)).append(random.nextBoolean() ? ";a=b" : "");
      text.append("\r\n").append(body, at, at + size).append("\r\n");
      at += size;
    }
    return text.append("0\r\n")
        .append(random.nextBoolean() ? "Trailer: 1\r\n" : "")
        .append("\r\n")
        .toString();
  }
}
