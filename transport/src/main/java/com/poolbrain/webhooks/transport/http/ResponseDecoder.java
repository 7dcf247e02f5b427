package com.poolbrain.webhooks.transport.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/// Decodes responses, and reports every arrival of bytes.
public final class ResponseDecoder extends HttpResponseDecoder {

  private static final int MAX_STATUS_LINE_BYTES = 4096;

  private final IntPredicate onBytes;
  private final Consumer<HttpResponse> onStatusLine;

  /// @param onBytes called with the number of received bytes; returns whether to decode them
  /// @param onStatusLine called with a response that has no headers yet
  ResponseDecoder(int maxHeadBytes, IntPredicate onBytes, Consumer<HttpResponse> onStatusLine) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_STATUS_LINE_BYTES)
            .setMaxHeaderSize(maxHeadBytes)
            // Legacy consumers send invalid headers. Only four well-known ones are used.
            .setValidateHeaders(false));
    this.onBytes = onBytes;
    this.onStatusLine = onStatusLine;
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
  protected HttpMessage createMessage(String[] statusLine) {
    HttpMessage head = super.createMessage(statusLine);
    onStatusLine.accept((HttpResponse) head);
    return head;
  }

  /// Whether bytes were received beyond the end of the last response.
  boolean hasUnreadBytes() {
    return actualReadableBytes() > 0;
  }
}
