package com.poolbrain.webhooks.api.publish;

import com.poolbrain.webhooks.engine.ledger.Receipt;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/// Writes the response to a publish request. Its values are ids, numbers and names of the
/// catalogue: ASCII that needs no escape.
final class ReceiptWriter {

  private static final int TYPICAL_RECEIPT_BYTES = 192;

  private ReceiptWriter() {}

  static byte[] write(List<Receipt> receipts) {
    var json =
        new StringBuilder(16 + TYPICAL_RECEIPT_BYTES * receipts.size()).append("{\"events\":[");
    for (Receipt receipt : receipts) {
      json.append("{\"id\":\"").append(receipt.ids().getFirst()).append("\",\"ids\":[");
      for (UUID id : receipt.ids()) {
        json.append('"').append(id).append("\",");
      }
      json.setLength(json.length() - 1);
      json.append("],\"company_id\":").append(receipt.companyId());
      json.append(",\"event\":\"").append(receipt.event());
      json.append("\",\"deliveries\":").append(receipt.deliveries());
      json.append(",\"skipped\":").append(receipt.skipped()).append("},");
    }
    json.setLength(json.length() - 1);
    return json.append("]}").toString().getBytes(StandardCharsets.US_ASCII);
  }
}
