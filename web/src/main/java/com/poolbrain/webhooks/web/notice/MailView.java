package com.poolbrain.webhooks.web.notice;

import java.net.URI;
import java.util.List;

/// What a mail shows.
///
/// @param title of the whole mail
/// @param more how many further notices the mail has no room for
/// @param unsubscribe link that ends such mails to the address
record MailView(String title, List<Item> items, int more, String unsubscribe) {

  /// A notice.
  ///
  /// @param at when it happened
  /// @param link the URL of the page that shows more
  /// @param unsubscribe link that ends mails about the endpoint to the address
  record Item(
      NoticeWords words,
      String company,
      String description,
      String at,
      URI link,
      URI unsubscribe) {}
}
