package com.poolbrain.webhooks.transport.address;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.transport.settings.NameServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SystemNameServersTest {

  @TempDir Path folder;

  @Test
  void changed_file_is_read_again_and_an_absent_one_means_this_machine() throws Exception {
    Path file = folder.resolve("resolv.conf");
    SystemNameServers nameServers = new SystemNameServers(file);

    assertThat(nameServers.get()).isEqualTo(NameServers.parse(List.of()));

    write(file, "nameserver 10.0.0.1", 1);
    assertThat(nameServers.get()).isEqualTo(NameServers.parse(List.of("nameserver 10.0.0.1")));
    write(file, "nameserver 10.0.0.2", 2);
    assertThat(nameServers.get()).isEqualTo(NameServers.parse(List.of("nameserver 10.0.0.2")));

    Files.delete(file);
    assertThat(nameServers.get()).isEqualTo(NameServers.parse(List.of()));
  }

  private static void write(Path file, String line, int second) throws IOException {
    Files.writeString(file, line);
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_800_000_000L + second)));
  }
}
