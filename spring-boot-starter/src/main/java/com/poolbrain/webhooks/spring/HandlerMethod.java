package com.poolbrain.webhooks.spring;

import com.poolbrain.webhooks.consumer.WebhookContext;
import com.poolbrain.webhooks.consumer.WebhookReceiverBuilder;
import com.poolbrain.webhooks.events.payload.Payload;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/// A method with [WebhookHandler], and the bean that has it. The bean is asked for at each call, so
/// that it is created when the application creates it, with its proxies.
final class HandlerMethod {

  private static final String ACTION =
      "Declare it as void on(CustomerCreated event, WebhookContext context), with any record of"
          + " com.poolbrain.webhooks.events.payload or a List of one. The context may be left out.";

  private final BeanFactory beans;
  private final String beanName;
  private final Method method;
  private final Class<? extends Payload> type;
  private final boolean takesList;
  private final HandlerCalls calls;

  private HandlerMethod(
      BeanFactory beans,
      String beanName,
      Method method,
      Class<? extends Payload> type,
      boolean takesList,
      HandlerCalls calls) {
    this.beans = beans;
    this.beanName = beanName;
    this.method = method;
    this.type = type;
    this.takesList = takesList;
    this.calls = calls;
  }

  /// Reads what a method handles.
  ///
  /// @throws WebhookConfigurationException if it has other parameters or a result
  static HandlerMethod of(
      BeanFactory beans, String beanName, Class<?> beanType, Method method, WebhookActivity log) {
    Class<?>[] parameters = method.getParameterTypes();
    boolean hasRightForm =
        method.getReturnType() == void.class
            && (parameters.length == 1
                || (parameters.length == 2 && parameters[1] == WebhookContext.class));
    if (!hasRightForm) {
      throw invalid(method);
    }
    ResolvableType first = ResolvableType.forMethodParameter(method, 0, beanType);
    boolean takesList = parameters[0] == List.class;
    Class<?> item = (takesList ? first.getGeneric(0) : first).resolve();
    if (item == null || !Payload.class.isAssignableFrom(item)) {
      throw invalid(method);
    }
    Class<? extends Payload> type = item.asSubclass(Payload.class);
    return new HandlerMethod(
        beans, beanName, method, type, takesList, log.addHandler(type.getSimpleName()));
  }

  private static WebhookConfigurationException invalid(Method method) {
    return new WebhookConfigurationException(
        "The method " + describe(method) + " can't be a @WebhookHandler.", ACTION);
  }

  private static String describe(Method method) {
    return method.getDeclaringClass().getName() + "." + method.getName();
  }

  /// The record that the method handles; [Payload] for all that have no handler of their own.
  Class<? extends Payload> type() {
    return type;
  }

  void addTo(WebhookReceiverBuilder builder) {
    if (type == Payload.class) {
      builder.onUnknown(this::handle);
    } else {
      builder.on(type, this::handle);
    }
  }

  private void handle(List<? extends Payload> items, WebhookContext context) throws Exception {
    boolean succeeded = false;
    try {
      call(items, context);
      succeeded = true;
    } finally {
      calls.ended(succeeded);
    }
  }

  private void call(List<? extends Payload> items, WebhookContext context) throws Exception {
    Object bean = beans.getBean(beanName);
    Method invocable = AopUtils.selectInvocableMethod(method, bean.getClass());
    ReflectionUtils.makeAccessible(invocable);
    if (takesList) {
      invoke(invocable, bean, items, context);
    } else {
      for (Payload item : items) {
        invoke(invocable, bean, item, context);
      }
    }
  }

  private static void invoke(Method invocable, Object bean, Object argument, WebhookContext context)
      throws Exception {
    try {
      if (invocable.getParameterCount() == 1) {
        invocable.invoke(bean, argument);
      } else {
        invocable.invoke(bean, argument, context);
      }
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      if (cause instanceof Error error) {
        throw error;
      }
      throw cause instanceof Exception exception ? exception : e;
    }
  }

  @Override
  public String toString() {
    return describe(method);
  }
}
