package com.poolbrain.webhooks.http;

import com.poolbrain.webhooks.http.share.ByteBudget;
import com.poolbrain.webhooks.http.share.FairExecutor;
import com.poolbrain.webhooks.http.share.SenderBudgets;
import com.poolbrain.webhooks.http.share.SenderRates;
import java.net.InetAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/// The state that all requests of an [HttpService] share.
///
/// @param problemRenderer makes the responses to rejected requests
/// @param trustedProxies the proxies whose `X-Forwarded-For` names the client
/// @param executor runs each task on a virtual thread of its own
/// @param blockingHandlers runs blocking handlers, a limited number of each sender
/// @param largeBodies runs what takes much processor time, on threads that carry no virtual ones
/// @param bodyBudget bytes of request bodies in memory
/// @param senderBudgets bytes of the bodies of each sender
/// @param senderRates bytes per second of the large bodies of each sender
/// @param closing whether connections end with the response that is being written
record ServerContext(
    Router router,
    Authorizer authorizer,
    ProblemRenderer problemRenderer,
    Predicate<InetAddress> trustedProxies,
    ErrorResponses errorResponses,
    HttpLimits limits,
    Executor executor,
    FairExecutor blockingHandlers,
    FairExecutor largeBodies,
    ByteBudget bodyBudget,
    SenderBudgets senderBudgets,
    SenderRates senderRates,
    AtomicBoolean closing) {

  static ServerContext create(
      HttpApplication application, HttpLimits limits, Executor executor, FairExecutor largeBodies) {
    return new ServerContext(
        new Router(application.routes()),
        application.authorizer(),
        application.problemRenderer(),
        application.trustedProxies(),
        new ErrorResponses(application.exceptionMapper()),
        limits,
        executor,
        new FairExecutor(executor, Integer.MAX_VALUE, HttpLimits.MAX_BLOCKING_PER_SENDER),
        largeBodies,
        new ByteBudget(limits.maxTotalBodyBytes()),
        new SenderBudgets(limits.maxBodyBytesPerSender()),
        new SenderRates(
            HttpLimits.MAX_LARGE_BODY_BYTES_PER_SECOND,
            limits.maxBodyBytesPerSender(),
            System::nanoTime),
        new AtomicBoolean());
  }
}
