package com.poolbrain.webhooks.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/// A method of a bean that handles the webhooks of one event.
///
/// ```java
/// @WebhookHandler
/// void on(CustomerCreated event, WebhookContext context) {
///   crm.add(event.customerId(), event.displayName());
/// }
/// ```
///
/// The first parameter says which event: one of the records of
/// `com.poolbrain.webhooks.events.payload`. The method is called for each item of a webhook; with a
/// `List` of them it is called once for all. A method with `Payload` gets everything that has no
/// handler of its own. The second parameter, a `WebhookContext`, may be left out.
///
/// The webhook is acknowledged after the method has returned. If it throws, the webhook comes
/// again.
@Documented
@Reflective
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface WebhookHandler {}
