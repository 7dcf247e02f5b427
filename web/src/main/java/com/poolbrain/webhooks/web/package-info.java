/// The settings page and the support console: their routes and wiring.
package com.poolbrain.webhooks.web;
