package com.poolbrain.webhooks.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ExportedCsvTest {

  private static final String HEADER = "id,status\r\n";

  private static ExportedCsv read(String csv) throws IOException {
    return ExportedCsv.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void rows_between_header_and_last_line_are_counted() throws IOException {
    String csv = HEADER + "1,delivered\r\n2,skipped\r\n# complete: 2 rows,\r\n";
    assertThat(read(csv)).isEqualTo(new ExportedCsv(2, csv.length()));
    assertThat(read(HEADER + "# complete: 0 rows,\r\n").rows()).isZero();
  }

  @Test
  void last_line_is_found_after_many_rows() throws IOException {
    int rows = 200_000;
    assertThat(
            read(HEADER + "1,delivered\r\n".repeat(rows) + "# complete: 200000 rows,\r\n").rows())
        .isEqualTo(rows);
  }

  @Test
  void export_without_its_last_line_fails() {
    assertThatThrownBy(() -> read(HEADER + "1,delivered\r\n"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("its last line is: 1,delivered");
    assertThatThrownBy(() -> read("")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void incomplete_export_and_one_with_a_lost_row_fail() {
    assertThatThrownBy(
            () -> read(HEADER + "1,delivered\r\n# incomplete after 1 rows: database,\r\n"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> read(HEADER + "1,delivered\r\n# complete: 2 rows,\r\n"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has 1 rows");
  }
}
