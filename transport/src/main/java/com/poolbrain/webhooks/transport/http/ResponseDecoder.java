package com.poolbrain.webhooks.transport.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.util.function.IntPredicate;

/// Decodes responses, and reports every arrival of bytes.
public final class ResponseDecoder extends HttpResponseDecoder {

  private static final int MAX_STATUS_LINE_BYTES = 4096;

  private final IntPredicate onBytes;

  /// @param onBytes called with the number of received bytes; returns whether to decode them
  ResponseDecoder(int maxHeadBytes, IntPredicate onBytes) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_STATUS_LINE_BYTES)
            .setMaxHeaderSize(maxHeadBytes)
            // Legacy consumers send invalid headers. Only four well-known ones are used.
            .setValidateHeaders(false));
    this.onBytes = onBytes;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof ByteBuf bytes && !onBytes.test(bytes.readableBytes())) {
      bytes.release();
    } else {
      super.channelRead(context, message);
    }
  }

  /// Whether bytes were received beyond the end of the last response.
  boolean hasUnreadBytes() {
    return actualReadableBytes() > 0;
  }
}
