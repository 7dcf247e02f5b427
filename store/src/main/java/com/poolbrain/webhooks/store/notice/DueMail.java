package com.poolbrain.webhooks.store.notice;

import com.poolbrain.webhooks.domain.notice.Notice;
import java.net.URI;
import java.util.List;

/// The notices that one address gets in one mail.
///
/// @param items the latest ones, at most [NoticeOutbox#MAX_ITEMS]
/// @param total of the notices, with those that are not in `items`
/// @param attempts to send the notices, with this one
public record DueMail(String address, List<Item> items, int total, int attempts) {

  /// A notice with the names that a reader knows.
  public record Item(Notice notice, String companyName, URI url, String description) {

    /// The path of a URL may have tokens.
    @Override
    public String toString() {
      return "Item[" + notice + "]";
    }
  }

  /// An address is of no use in a log.
  @Override
  public String toString() {
    return "DueMail[" + total + " notices]";
  }
}
