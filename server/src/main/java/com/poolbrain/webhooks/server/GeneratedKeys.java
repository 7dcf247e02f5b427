package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.store.StartupException;
import com.poolbrain.webhooks.store.secret.ApiKeyFormat;
import com.poolbrain.webhooks.store.secret.MasterKey;
import com.poolbrain.webhooks.store.secret.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/// Keys that are generated once and kept in the data folder, in files that only their owner can
/// read.
final class GeneratedKeys {

  private static final int MASTER_KEY_BYTES = 32;

  private final Path directory;
  private final SecureRandom random;

  GeneratedKeys(Path directory, SecureRandom random) {
    this.directory = directory;
    this.random = random;
  }

  /// A key and the file that holds it.
  ///
  /// @param isNew whether this run generated it, so that the file does not exist before [#store]
  record StoredKey(String key, Path file, boolean isNew) {
    @Override
    public String toString() {
      return "StoredKey[" + file + "]";
    }
  }

  /// The master key: base64 of 32 bytes.
  ///
  /// @throws StartupException if the file holds no master key
  StoredKey masterKey() {
    byte[] bytes = new byte[MASTER_KEY_BYTES];
    random.nextBytes(bytes);
    StoredKey key = loadOrGenerate("master.key", Base64.getEncoder().encodeToString(bytes));
    try {
      MasterKey.parse(key.key());
      return key;
    } catch (IllegalArgumentException invalid) {
      throw new StartupException(
          "The file %s holds no master key (%s): restore it from a backup, because the secrets in the database can't be read without it."
              .formatted(key.file(), invalid.getMessage()),
          invalid);
    }
  }

  /// The first operator key.
  ///
  /// @throws StartupException if the file holds no API key
  StoredKey adminKey() {
    StoredKey key = loadOrGenerate("admin.key", ApiKeyFormat.generate(random));
    if (!ApiKeyFormat.isWellFormed(key.key())) {
      throw new StartupException(
          "The file %s holds no API key, which has 16 to 256 visible ASCII characters: restore it from a backup, or delete it to get a new operator key."
              .formatted(key.file()));
    }
    return key;
  }

  private StoredKey loadOrGenerate(String name, String newKey) {
    Path file = directory.resolve(name);
    try {
      return Files.exists(file)
          ? new StoredKey(PrivateFiles.read(file), file, false)
          : new StoredKey(newKey, file, true);
    } catch (IOException e) {
      throw new StartupException("Can't read the key file %s: %s".formatted(file, e), e);
    }
  }

  /// Writes a new key into its file.
  void store(StoredKey key) {
    if (!key.isNew()) {
      return;
    }
    try {
      PrivateFiles.write(key.file(), key.key() + "\n");
    } catch (IOException e) {
      throw new StartupException("Can't write the key file %s: %s".formatted(key.file(), e), e);
    }
  }
}
