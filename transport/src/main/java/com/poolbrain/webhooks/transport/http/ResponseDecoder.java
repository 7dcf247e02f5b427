package com.poolbrain.webhooks.transport.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/// Decodes responses, and reports every arrival of bytes and of a status line.
public final class ResponseDecoder extends HttpResponseDecoder {

  private static final int MAX_STATUS_LINE_BYTES = 4096;

  private final IntPredicate onBytes;
  private final Consumer<HttpResponse> onStatusLine;
  private boolean endedWithUnreadBytes;

  /// @param onBytes called with the number of received bytes; returns whether to decode them
  /// @param onStatusLine called with a response that has no headers yet
  ResponseDecoder(int maxHeadBytes, IntPredicate onBytes, Consumer<HttpResponse> onStatusLine) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_STATUS_LINE_BYTES)
            .setMaxHeaderSize(maxHeadBytes)
            // Legacy consumers send invalid headers, and lines that end with LF alone. Only four
            // well-known headers are used.
            .setValidateHeaders(false)
            .setStrictLineParsing(false));
    this.onBytes = onBytes;
    this.onStatusLine = onStatusLine;
  }

  @Override
  protected HttpMessage createMessage(String[] initialLine) {
    HttpMessage message = super.createMessage(initialLine);
    if (message instanceof HttpResponse response) {
      onStatusLine.accept(response);
    }
    return message;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof ByteBuf bytes && !onBytes.test(bytes.readableBytes())) {
      bytes.release();
    } else {
      super.channelRead(context, message);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    endedWithUnreadBytes = actualReadableBytes() > 0;
    super.channelInactive(context);
  }

  /// Whether bytes were received that are not decoded: of an unfinished line, or beyond the end of
  /// the last response.
  boolean hasUnreadBytes() {
    return endedWithUnreadBytes || actualReadableBytes() > 0;
  }
}
