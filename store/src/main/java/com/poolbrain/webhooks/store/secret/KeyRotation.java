package com.poolbrain.webhooks.store.secret;

import com.poolbrain.webhooks.domain.job.Job;
import com.poolbrain.webhooks.domain.job.Job.Step;
import com.poolbrain.webhooks.domain.job.JobKind;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.job.JobWork;
import com.poolbrain.webhooks.store.secret.SecretBox.Role;
import com.poolbrain.webhooks.store.secret.SecretBox.SealedSecret;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Encrypts all stored secrets anew with the present master key. Afterwards the previous master
/// keys are no longer needed.
public final class KeyRotation implements JobWork {

  private static final int BATCH_SIZE = 200;

  private static final String COUNT =
      """
      select count(*) from endpoint_secret where key_id <> :keyId
      """;

  private static final String NEXT =
      """
      select endpoint_id, role, key_id, ciphertext
      from endpoint_secret
      where key_id <> :keyId and (endpoint_id, role) > (:endpoint, :role)
      order by endpoint_id, role
      limit :limit
      for update
      """;

  private static final String UPDATE =
      """
      update endpoint_secret set key_id = :keyId, ciphertext = :ciphertext
      where endpoint_id = :endpoint and role = :role
      """;

  private static final String START = new UUID(0, 0) + " ";

  private final SecretBox secretBox;

  public KeyRotation(SecretBox secretBox) {
    this.secretBox = secretBox;
  }

  private record StoredSecret(UUID endpointId, Role role, SealedSecret sealed) {
    String position() {
      return endpointId + " " + role.wireName();
    }
  }

  @Override
  public JobKind kind() {
    return JobKind.ROTATE_KEYS;
  }

  /// How many secrets are encrypted with another master key.
  public long count(Handle handle) {
    return handle
        .createQuery(COUNT)
        .bind("keyId", secretBox.currentKeyId())
        .mapTo(Long.class)
        .one();
  }

  @Override
  public Step runStep(Handle handle, Job job) {
    List<StoredSecret> batch = read(handle, job.position() == null ? START : job.position());
    long done = batch.stream().filter(secret -> rotate(handle, secret)).count();
    if (batch.size() == BATCH_SIZE) {
      return new Step.Continue(done, batch.getLast().position());
    }
    long unreadable = count(handle);
    return new Step.Finish(
        done,
        unreadable == 0
            ? null
            : ("%d secrets can't be decrypted and were left as they are. Their endpoints are shown"
                    + " with a problem; each needs a new secret.")
                .formatted(unreadable));
  }

  private List<StoredSecret> read(Handle handle, String position) {
    String[] parts = position.split(" ", 2);
    return handle
        .createQuery(NEXT)
        .bind("keyId", secretBox.currentKeyId())
        .bind("endpoint", UUID.fromString(parts[0]))
        .bind("role", parts[1])
        .bind("limit", BATCH_SIZE)
        .map((row, _) ->
            new StoredSecret(
                ColumnValues.uuid(row, "endpoint_id"),
                Role.fromWireName(row.getString("role")),
                new SealedSecret(row.getString("key_id"), row.getBytes("ciphertext"))))
        .list();
  }

  private boolean rotate(Handle handle, StoredSecret secret) {
    SealedSecret resealed = secretBox.reseal(secret.sealed(), secret.endpointId(), secret.role());
    if (resealed == null) {
      return false;
    }
    handle
        .createUpdate(UPDATE)
        .bind("keyId", resealed.keyId())
        .bind("ciphertext", resealed.bytes())
        .bind("endpoint", secret.endpointId())
        .bind("role", secret.role().wireName())
        .execute();
    return true;
  }
}
