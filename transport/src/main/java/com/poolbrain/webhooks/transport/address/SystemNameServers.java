package com.poolbrain.webhooks.transport.address;

import com.poolbrain.webhooks.transport.settings.NameServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The name servers of the operating system, from `/etc/resolv.conf`. A changed file is read again.
final class SystemNameServers implements Supplier<NameServers> {

  private static final Logger LOG = LoggerFactory.getLogger(SystemNameServers.class);

  private final Path file;
  private @Nullable FileTime readAt;
  private NameServers nameServers = NameServers.parse(List.of());

  SystemNameServers(Path file) {
    this.file = file;
  }

  @Override
  public synchronized NameServers get() {
    try {
      FileTime modifiedAt = Files.getLastModifiedTime(file);
      if (!modifiedAt.equals(readAt)) {
        nameServers = NameServers.parse(Files.readAllLines(file));
        readAt = modifiedAt;
      }
    } catch (NoSuchFileException absent) {
      nameServers = NameServers.parse(List.of());
      readAt = null;
    } catch (IOException unreadable) {
      LOG.warn("{} can't be read; the name servers stay {}", file, nameServers.servers());
    }
    return nameServers;
  }
}
