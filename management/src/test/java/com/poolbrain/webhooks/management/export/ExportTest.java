package com.poolbrain.webhooks.management.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.management.ManagementException.TooManyRequests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What an export writes, and how much it reads ahead.
class ExportTest {

  private static final List<String> COLUMNS = List.of("a", "b.c", "m");

  private final AtomicInteger closed = new AtomicInteger();

  private Export export(ExportFormat format, Supplier<@Nullable List<Row>> pages) {
    return new Export(format, COLUMNS, pages.get(), pages, closed::incrementAndGet);
  }

  private static Supplier<@Nullable List<Row>> pages(List<List<Row>> pages) {
    var left = new ArrayList<>(pages);
    return () -> left.isEmpty() ? null : left.removeFirst();
  }

  private static String text(Export export) throws Exception {
    var bytes = new ByteArrayOutputStream();
    export.writeTo(bytes::write);
    return bytes.toString(UTF_8);
  }

  private static Row row(@Nullable Object a) {
    return new Row().with("a", a);
  }

  @Test
  void csv_has_a_header_and_a_last_line_with_as_many_cells_as_each_row() throws Exception {
    Row nested =
        row(1).with("b", new Row().with("c", true)).with("m", Map.of("x", List.of(1, "y")));
    String text =
        text(export(ExportFormat.CSV, pages(List.of(List.of(nested), List.of(), List.of(row(2))))));
    assertThat(text)
        .isEqualTo(
            "a,b.c,m\r\n1,true,\"{\"\"x\"\":[1,\"\"y\"\"]}\"\r\n2,,\r\n# complete: 2 rows,,\r\n");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "=HYPERLINK(1) | '=HYPERLINK(1)",
        "+1 | '+1",
        "-1 | '-1",
        "@SUM(A1) | '@SUM(A1)",
        "~\t=1~ | ~'\t=1~",
        "~\r=1~ | ~\"'\r=1\"~",
        "~\n=1~ | ~\"'\n=1\"~",
        "=1,\"2\" | \"'=1,\"\"2\"\"\"",
        "a\"b | \"a\"\"b\"",
        "a,b | \"a,b\"",
        "~a\r\nb~ | ~\"a\r\nb\"~",
        "a=b | a=b",
      })
  void hostile_text_becomes_one_cell_that_is_no_formula(String text, String cell) throws Exception {
    String csv = text(export(ExportFormat.CSV, pages(List.of(List.of(row(text))))));
    assertThat(csv).isEqualTo("a,b.c,m\r\n" + cell + ",,\r\n# complete: 1 rows,,\r\n");
  }

  @Test
  void json_leaves_out_what_is_null_and_escapes_hostile_text() throws Exception {
    String text =
        text(
            export(
                ExportFormat.JSON, pages(List.of(List.of(row("\"]}\0\n"), row(null)), List.of()))));
    assertThat(text)
        .isEqualTo(
            "{\"data\": [\n{\"a\":\"\\\"]}\\"
                + "u0000\\n\"},\n{}\n], \"complete\":true,\"count\":2}\n");
  }

  @ParameterizedTest
  @EnumSource
  void failure_in_the_middle_is_said_in_the_last_line(ExportFormat format) throws Exception {
    var reads = new AtomicInteger();
    String text =
        text(
            export(
                format,
                () -> {
                  if (reads.incrementAndGet() == 3) {
                    throw new LedgerException.Unavailable("planted");
                  }
                  return List.of(row(reads.get()));
                }));
    assertThat(text.lines().toList().getLast())
        .contains(format == ExportFormat.CSV ? "# incomplete after 2 rows" : "\"complete\":false")
        .contains("the database did not answer");
  }

  @ParameterizedTest
  @EnumSource
  void next_page_is_read_when_the_page_before_was_taken(ExportFormat format) throws Exception {
    int pageSize = 500;
    var rowsRead = new AtomicInteger();
    var rowsTaken = new AtomicInteger();
    var mostAhead = new AtomicInteger();
    Export export =
        export(
            format,
            () -> {
              if (rowsRead.get() == 1_000_000) {
                return null;
              }
              int first = rowsRead.getAndAdd(pageSize);
              mostAhead.accumulateAndGet(rowsRead.get() - rowsTaken.get(), Math::max);
              return IntStream.range(first, first + pageSize).mapToObj(i -> row(i)).toList();
            });
    export.writeTo(part -> {
      int lines = (int) IntStream.range(0, part.length).filter(i -> part[i] == '\n').count();
      rowsTaken.addAndGet(lines);
    });
    assertThat(rowsRead).hasValue(1_000_000);
    assertThat(mostAhead.get()).as("rows that were read ahead").isBetween(pageSize - 1, pageSize);
  }

  @Test
  void reader_that_is_gone_ends_the_export() {
    Export export = export(ExportFormat.CSV, () -> List.of(row("endless")));
    var parts = new AtomicInteger();
    assertThatThrownBy(() ->
            export.writeTo(_ -> {
              if (parts.incrementAndGet() == 5) {
                throw new IOException("gone");
              }
            }))
        .isInstanceOf(IOException.class);
    assertThat(parts).hasValue(5);
  }

  @Test
  void export_that_is_closed_twice_makes_room_once() {
    Export export = export(ExportFormat.CSV, pages(List.of()));
    export.close();
    export.close();
    assertThat(closed).hasValue(1);
  }

  @Test
  void third_export_of_a_company_is_refused_and_others_are_not() {
    var limiter = new ExportLimiter();
    limiter.begin(7L);
    limiter.begin(7L);
    assertThatThrownBy(() -> limiter.begin(7L))
        .isInstanceOf(TooManyRequests.class)
        .hasMessageContaining("2 exports of this company are running");
    limiter.begin(8L);
    limiter.begin(null);
    limiter.end(7L);
    limiter.begin(7L);
  }

  @Test
  void node_runs_a_limited_number_of_exports() {
    var limiter = new ExportLimiter();
    for (long company = 1; company <= ExportLimiter.MAX_ON_NODE; company++) {
      limiter.begin(company);
    }
    assertThatThrownBy(() -> limiter.begin(99L))
        .isInstanceOf(TooManyRequests.class)
        .hasMessageContaining("8 exports of other companies");
    limiter.end(1L);
    limiter.begin(99L);
  }
}
