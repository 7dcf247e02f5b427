package com.poolbrain.webhooks.transport.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.util.function.IntPredicate;

/// Reads answers from bytes, and tells that bytes came at all.
public final class ResponseDecoder extends HttpResponseDecoder {

  private static final int MAX_STATUS_LINE_BYTES = 4096;

  private final IntPredicate onBytes;

  /// @param onBytes is told how many bytes came, and says whether they are read
  ResponseDecoder(int maxHeadBytes, IntPredicate onBytes) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_STATUS_LINE_BYTES)
            .setMaxHeaderSize(maxHeadBytes)
            // Legacy consumers send odd headers; nothing of them is used but four well-known ones.
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

  /// Whether more bytes have come than belong to what was read of them.
  boolean hasUnreadBytes() {
    return actualReadableBytes() > 0;
  }
}
