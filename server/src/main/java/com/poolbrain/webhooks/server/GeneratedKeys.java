package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.store.StartupException;
import com.poolbrain.webhooks.store.secret.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/// Keys that are generated once and kept in the data folder, in files that only their owner can
/// read.
final class GeneratedKeys {

  private static final int KEY_BYTES = 32;

  private final Path directory;
  private final SecureRandom random;

  GeneratedKeys(Path directory, SecureRandom random) {
    this.directory = directory;
    this.random = random;
  }

  /// A key and the file that holds it.
  ///
  /// @param isNew whether this run generated it
  record StoredKey(String key, Path file, boolean isNew) {}

  /// The master key: base64 of 32 bytes.
  String masterKey() {
    return loadOrCreate("master.key", Base64.getEncoder().encodeToString(randomBytes())).key();
  }

  /// The first operator key.
  StoredKey adminKey() {
    String text = "pbk_" + Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes());
    return loadOrCreate("admin.key", text);
  }

  private byte[] randomBytes() {
    byte[] bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    return bytes;
  }

  private StoredKey loadOrCreate(String name, String newKey) {
    Path file = directory.resolve(name);
    try {
      if (Files.exists(file)) {
        return new StoredKey(Files.readString(file).strip(), file, false);
      }
      PrivateFiles.write(file, newKey + "\n");
      return new StoredKey(newKey, file, true);
    } catch (IOException e) {
      throw new StartupException(
          "Can't read or write the key file %s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
