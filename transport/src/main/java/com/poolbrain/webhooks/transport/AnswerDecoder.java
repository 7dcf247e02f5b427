package com.poolbrain.webhooks.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.util.function.IntPredicate;

/// Reads answers from bytes, and tells that bytes came at all.
final class AnswerDecoder extends HttpResponseDecoder {

  private static final int STATUS_LINE = 4096;

  private final IntPredicate whenHeard;

  /// @param whenHeard is told how many bytes came, and says whether they are read
  AnswerDecoder(int headBytes, IntPredicate whenHeard) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(STATUS_LINE)
            .setMaxHeaderSize(headBytes)
            // Legacy consumers send odd headers; nothing of them is used but four well-known ones.
            .setValidateHeaders(false));
    this.whenHeard = whenHeard;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof ByteBuf bytes && !whenHeard.test(bytes.readableBytes())) {
      bytes.release();
    } else {
      super.channelRead(context, message);
    }
  }

  /// Whether more bytes have come than belong to what was read of them.
  boolean hasMore() {
    return actualReadableBytes() > 0;
  }
}
