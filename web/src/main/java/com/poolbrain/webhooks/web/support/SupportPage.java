package com.poolbrain.webhooks.web.support;

import com.poolbrain.webhooks.web.page.Site;
import com.poolbrain.webhooks.web.page.Times;
import com.poolbrain.webhooks.web.page.Visitor;

/// The frame of a page of the support console.
///
/// @param title of the browser tab
public record SupportPage(String title, Site site, Visitor visitor, Times times) {}
