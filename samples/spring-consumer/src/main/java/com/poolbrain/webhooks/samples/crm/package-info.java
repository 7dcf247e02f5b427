/// A CRM and a route board that webhooks keep up to date.
package com.poolbrain.webhooks.samples.crm;
