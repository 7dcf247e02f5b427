package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.engine.ledger.Receipt;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Encodes the receipts of a stored response: a format version, then the receipts one by one.
final class ReceiptCodec {

  private static final int FORMAT_VERSION = 1;

  private ReceiptCodec() {}

  static byte[] encode(List<Receipt> receipts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * receipts.size() + 8);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT_VERSION);
      out.writeInt(receipts.size());
      for (Receipt receipt : receipts) {
        write(receipt, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static List<Receipt> decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int format = in.readByte();
      if (format != FORMAT_VERSION) {
        throw new IllegalStateException(
            "stored receipts have the unknown format version " + format);
      }
      int size = in.readInt();
      List<Receipt> receipts = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        receipts.add(read(in));
      }
      return List.copyOf(receipts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Receipt receipt, DataOutputStream out) throws IOException {
    out.writeInt(receipt.ids().size());
    for (UUID id : receipt.ids()) {
      out.writeLong(id.getMostSignificantBits());
      out.writeLong(id.getLeastSignificantBits());
    }
    out.writeLong(receipt.companyId());
    out.writeUTF(receipt.event());
    out.writeInt(receipt.deliveries());
    out.writeInt(receipt.skipped());
  }

  private static Receipt read(DataInputStream in) throws IOException {
    int size = in.readInt();
    List<UUID> ids = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      ids.add(new UUID(in.readLong(), in.readLong()));
    }
    return new Receipt(List.copyOf(ids), in.readLong(), in.readUTF(), in.readInt(), in.readInt());
  }
}
