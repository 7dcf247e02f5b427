package com.poolbrain.webhooks.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;

/// Reads answers from bytes, and tells that bytes came at all.
final class AnswerDecoder extends HttpResponseDecoder {

  private static final int STATUS_LINE = 4096;

  private final Runnable whenHeard;

  AnswerDecoder(int headBytes, Runnable whenHeard) {
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
    whenHeard.run();
    super.channelRead(context, message);
  }

  /// Whether more bytes have come than belong to what was read of them.
  boolean hasMore() {
    return actualReadableBytes() > 0;
  }
}
