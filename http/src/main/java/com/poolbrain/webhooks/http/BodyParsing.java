package com.poolbrain.webhooks.http;

import com.poolbrain.webhooks.http.share.FairExecutor;
import java.util.function.Supplier;

/// Where the body of a request is parsed: a small one at once, a large one in turns with those of
/// other senders, while the caller waits. Must not be used on an event loop.
///
/// @param largeBodies runs what takes much processor time
record BodyParsing(FairExecutor largeBodies, String sender) {

  <T> T parse(byte[] body, Supplier<T> parser) {
    return body.length <= HttpLimits.MAX_EVENT_LOOP_BODY_BYTES
        ? parser.get()
        : largeBodies.call(sender, parser);
  }
}
