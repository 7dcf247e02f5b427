package com.poolbrain.webhooks.spring;

import com.poolbrain.webhooks.events.payload.Payload;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/// Finds the methods with [WebhookHandler], by the types of beans. Creates no bean.
final class HandlerMethods {

  private HandlerMethods() {}

  /// All handlers, in the order of their beans.
  ///
  /// @throws WebhookConfigurationException if one has a wrong form, or two handle the same event
  static List<HandlerMethod> find(ConfigurableListableBeanFactory beans, WebhookActivity activity) {
    List<HandlerMethod> handlers = new ArrayList<>();
    for (String name : beans.getBeanDefinitionNames()) {
      if (!ScopedProxyUtils.isScopedTarget(name) && beans.getType(name, false) != null) {
        Class<?> type = AutoProxyUtils.determineTargetClass(beans, name);
        if (type != null) {
          for (Method method : annotatedMethods(type)) {
            handlers.add(HandlerMethod.of(beans, name, type, method, activity));
          }
        }
      }
    }
    refuseTwoOfOneEvent(handlers);
    return handlers;
  }

  private static Set<Method> annotatedMethods(Class<?> type) {
    if (!AnnotationUtils.isCandidateClass(type, WebhookHandler.class)) {
      return Set.of();
    }
    return MethodIntrospector.selectMethods(
        type, (Method method) -> AnnotatedElementUtils.hasAnnotation(method, WebhookHandler.class));
  }

  private static void refuseTwoOfOneEvent(List<HandlerMethod> handlers) {
    Map<Class<? extends Payload>, HandlerMethod> byType = new HashMap<>();
    for (HandlerMethod handler : handlers) {
      HandlerMethod other = byType.putIfAbsent(handler.type(), handler);
      if (other != null) {
        throw new WebhookConfigurationException(
            "Two methods handle "
                + handler.type().getSimpleName()
                + ": "
                + other
                + " and "
                + handler
                + ". A webhook is acknowledged once, so one method has to do all.",
            "Remove one @WebhookHandler, and call its method from the other one.");
      }
    }
  }
}
