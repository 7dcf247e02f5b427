package com.poolbrain.webhooks.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;

/// Reads answers from bytes, and tells their connection that bytes came at all.
final class AnswerDecoder extends HttpResponseDecoder {

  private static final int STATUS_LINE = 4096;

  private final Connection connection;

  AnswerDecoder(Connection connection, int headBytes) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(STATUS_LINE)
            .setMaxHeaderSize(headBytes)
            // Legacy consumers send odd headers; nothing of them is used but four well-known ones.
            .setValidateHeaders(false));
    this.connection = connection;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    connection.hear();
    super.channelRead(context, message);
  }
}
