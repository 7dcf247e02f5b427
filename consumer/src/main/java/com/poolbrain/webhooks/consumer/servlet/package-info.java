/// Adapter for Jakarta Servlet.
package com.poolbrain.webhooks.consumer.servlet;
