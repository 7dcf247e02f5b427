/// The switch "Use Webhooks", which every tab shows.
package com.poolbrain.webhooks.web.company;
