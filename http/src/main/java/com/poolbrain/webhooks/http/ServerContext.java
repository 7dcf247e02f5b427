package com.poolbrain.webhooks.http;

import java.net.InetAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/// The state that all requests of an [HttpService] share.
///
/// @param trustedProxies the proxies whose `X-Forwarded-For` names the client
/// @param executor runs each task on a virtual thread of its own
/// @param bodyBudget bytes of request bodies in memory
/// @param closing whether connections end with the response that is being written
record ServerContext(
    Router router,
    Authorizer authorizer,
    Predicate<InetAddress> trustedProxies,
    ErrorResponses errorResponses,
    HttpLimits limits,
    Executor executor,
    ByteBudget bodyBudget,
    AtomicBoolean closing) {

  static ServerContext create(HttpApplication application, HttpLimits limits, Executor executor) {
    return new ServerContext(
        new Router(application.routes()),
        application.authorizer(),
        application.trustedProxies(),
        new ErrorResponses(application.exceptionMapper()),
        limits,
        executor,
        new ByteBudget(limits.maxTotalBodyBytes()),
        new AtomicBoolean());
  }
}
