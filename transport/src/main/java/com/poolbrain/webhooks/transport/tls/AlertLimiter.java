package com.poolbrain.webhooks.transport.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/// Ends a connection whose server sends alert after alert, as BoringSSL does. The JDK ignores
/// warnings without a limit. Stands before the TLS handler, and reads only the heads of records.
public final class AlertLimiter extends ChannelInboundHandlerAdapter {

  private static final int MAX_ALERTS = 4;
  private static final int ALERT = 21;
  private static final int HEAD_BYTES = 5;

  private final Consumer<? super SSLException> onExcess;
  private int headRead;
  private int type;
  private int left;
  private int alerts;

  /// @param onExcess gets the reason before the connection is closed
  public AlertLimiter(Consumer<? super SSLException> onExcess) {
    this.onExcess = onExcess;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf bytes) {
      countAlerts(bytes);
    }
    if (alerts > MAX_ALERTS) {
      ReferenceCountUtil.release(message);
      onExcess.accept(
          new SSLException("The server sent more than " + MAX_ALERTS + " TLS alerts in a row."));
      var _ = context.close();
    } else {
      context.fireChannelRead(message);
    }
  }

  /// A record has a head of type, version and length. Both may be split between reads.
  private void countAlerts(ByteBuf bytes) {
    int index = bytes.readerIndex();
    while (index < bytes.writerIndex() && alerts <= MAX_ALERTS) {
      if (headRead == HEAD_BYTES) {
        int skipped = Math.min(left, bytes.writerIndex() - index);
        index += skipped;
        left -= skipped;
        headRead = left == 0 ? 0 : HEAD_BYTES;
      } else {
        readHead(bytes.getUnsignedByte(index++));
      }
    }
  }

  private void readHead(int next) {
    switch (headRead++) {
      case 0 -> type = next;
      case 3 -> left = next << 8;
      case 4 -> {
        left |= next;
        alerts = type == ALERT ? alerts + 1 : 0;
        headRead = left == 0 ? 0 : HEAD_BYTES;
      }
      default -> {} // the version
    }
  }
}
