package com.poolbrain.webhooks.management.export;

import com.poolbrain.webhooks.engine.ledger.LedgerException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An export that has begun. The next page of rows is read when the page before was taken, so one
/// page is in memory, however long the list is.
public final class Export implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Export.class);

  private final ExportFormat format;
  private final RowEncoder encoder;
  private final @Nullable List<Row> firstPage;
  private final Supplier<@Nullable List<Row>> nextPage;
  private final Runnable onClose;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  /// Takes the text of an export part by part.
  @FunctionalInterface
  public interface Target {

    /// Returns when there is room for the next part.
    ///
    /// @throws IOException if the reader is gone
    void write(byte[] part) throws IOException, InterruptedException;
  }

  /// @param columns of a table
  /// @param firstPage null if there are no rows
  /// @param nextPage reads the next page, which may be empty; null after the last one
  /// @param onClose runs once
  Export(
      ExportFormat format,
      List<String> columns,
      @Nullable List<Row> firstPage,
      Supplier<@Nullable List<Row>> nextPage,
      Runnable onClose) {
    this.format = format;
    this.encoder = format.encoder(columns);
    this.firstPage = firstPage;
    this.nextPage = nextPage;
    this.onClose = onClose;
  }

  /// The form of the export.
  public ExportFormat format() {
    return format;
  }

  /// Writes the whole export. If the database fails in the middle, the last line says that rows are
  /// missing.
  public void writeTo(Target target) throws IOException, InterruptedException {
    write(target, encoder.begin());
    long rows = 0;
    List<Row> page = firstPage;
    String missing = null;
    while (page != null && missing == null) {
      if (!page.isEmpty()) {
        write(target, encode(page));
        rows += page.size();
      }
      try {
        page = nextPage.get();
      } catch (LedgerException failure) {
        LOG.warn("An export ended incomplete after {} rows: {}", rows, failure.getMessage());
        missing = "the database did not answer; export it again, or a shorter time";
      }
    }
    write(target, encoder.end(rows, missing));
  }

  private String encode(List<Row> page) {
    var text = new StringBuilder();
    page.forEach(row -> text.append(encoder.row(row)));
    return text.toString();
  }

  private static void write(Target target, String text) throws IOException, InterruptedException {
    target.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Makes room for another export. May be called several times.
  @Override
  public void close() {
    if (isClosed.compareAndSet(false, true)) {
      onClose.run();
    }
  }
}
