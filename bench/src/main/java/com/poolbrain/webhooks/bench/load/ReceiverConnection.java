package com.poolbrain.webhooks.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One connection to the receiver. `/ok/<n>` counts as the n-th delivery of its event and gets 200.
/// `/uncounted` gets 200, `/hang` no response, `/drip` an endless header and `/reset` a closed
/// connection.
final class ReceiverConnection extends ChannelInboundHandlerAdapter {

  private static final ByteBuf OK_RESPONSE =
      Unpooled.unreleasableBuffer(
          Unpooled.directBuffer()
              .writeBytes(
                  "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
                      .getBytes(StandardCharsets.US_ASCII)));
  private static final byte[] DRIP_RESPONSE =
      "HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII);
  private static final long DRIP_MILLIS = 500;

  private final EventMarkers markers;
  private final Supplier<RunCounters> counters;
  private final HttpFramer framer = new HttpFramer(this::onMessage);
  private @Nullable ChannelHandlerContext context;
  private int drippedBytes;

  ReceiverConnection(EventMarkers markers, Supplier<RunCounters> counters) {
    this.markers = markers;
    this.counters = counters;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    framer.feed((ByteBuf) message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.flush();
  }

  private void onMessage(byte[] bytes, int start, int bodyStart, int bodyEnd) {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      return;
    }
    switch (bytes[start + "POST /".length()]) {
      case 'h' -> {} // no response
      case 'd' -> drip(ctx);
      case 'r' -> {
        var _ = ctx.close();
      }
      case 'u' -> respondOk(ctx);
      default -> {
        int deliveryIndex = HttpFramer.parseNumber(bytes, start + "POST /ok/".length(), 10);
        int eventNumber = markers.findNumber(bytes, bodyStart, bodyEnd);
        counters.get().recordDelivery(eventNumber, deliveryIndex, System.nanoTime());
        respondOk(ctx);
      }
    }
  }

  private static void respondOk(ChannelHandlerContext ctx) {
    var _ = ctx.write(OK_RESPONSE.duplicate(), ctx.voidPromise());
  }

  private void drip(ChannelHandlerContext ctx) {
    if (ctx.channel().isActive()) {
      byte next = DRIP_RESPONSE[Math.min(drippedBytes++, DRIP_RESPONSE.length - 1)];
      var _ = ctx.writeAndFlush(ctx.alloc().buffer(1).writeByte(next), ctx.voidPromise());
      var _ = ctx.executor().schedule(() -> drip(ctx), DRIP_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    var _ = ctx.close(); // the sender sees it; a delivery that did not arrive counts as missing
  }
}
