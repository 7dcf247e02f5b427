package com.poolbrain.webhooks.store.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.store.secret.SecretBox.Role;
import com.poolbrain.webhooks.store.secret.SecretBox.SealedSecret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SecretBoxTest {

  private static final UUID ENDPOINT = new UUID(1, 1);

  private final SecureRandom random = new SecureRandom();
  private final MasterKey previousKey = newKey();
  private final SecretBox box = new SecretBox(previousKey, List.of(), random);

  private MasterKey newKey() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return MasterKey.parse(Base64.getEncoder().encodeToString(bytes));
  }

  @Test
  void a_sealed_secret_opens_to_the_same_text_and_is_not_visible() {
    SealedSecret sealedSecret = box.seal("whsec_ä€𝄞", ENDPOINT, Role.ACTIVE);

    assertThat(box.open(sealedSecret, ENDPOINT, Role.ACTIVE)).isEqualTo("whsec_ä€𝄞");
    assertThat(new String(sealedSecret.bytes(), StandardCharsets.ISO_8859_1))
        .doesNotContain("whsec");
  }

  @Test
  void sealing_the_same_secret_twice_gives_different_ciphertexts() {
    assertThat(box.seal("same", ENDPOINT, Role.ACTIVE).bytes())
        .isNotEqualTo(box.seal("same", ENDPOINT, Role.ACTIVE).bytes());
  }

  @Test
  void a_secret_sealed_for_another_endpoint_or_role_does_not_open() {
    SealedSecret sealedSecret = box.seal("secret", ENDPOINT, Role.NEXT);

    assertThatThrownBy(() -> box.open(sealedSecret, new UUID(1, 2), Role.NEXT))
        .hasMessageContaining("belongs to another endpoint or role");
    assertThatThrownBy(() -> box.open(sealedSecret, ENDPOINT, Role.ACTIVE))
        .hasMessageContaining("belongs to another endpoint or role");
  }

  @Test
  void a_changed_or_truncated_secret_does_not_open() {
    SealedSecret sealedSecret = box.seal("secret", ENDPOINT, Role.ACTIVE);
    sealedSecret.bytes()[20] ^= 1;

    assertThatThrownBy(() -> box.open(sealedSecret, ENDPOINT, Role.ACTIVE))
        .hasMessageContaining("was modified");
    assertThatThrownBy(() ->
            box.open(new SealedSecret(sealedSecret.keyId(), new byte[3]), ENDPOINT, Role.ACTIVE))
        .hasMessageContaining("was modified");
  }

  @Test
  void after_rotation_old_secrets_open_with_the_previous_master_key() {
    SealedSecret sealedWithPrevious = box.seal("secret", ENDPOINT, Role.ACTIVE);
    MasterKey currentKey = newKey();
    SecretBox rotated = new SecretBox(currentKey, List.of(previousKey), random);

    assertThat(rotated.open(sealedWithPrevious, ENDPOINT, Role.ACTIVE)).isEqualTo("secret");
    assertThat(rotated.seal("secret", ENDPOINT, Role.ACTIVE).keyId()).isEqualTo(currentKey.id());
    assertThatThrownBy(() ->
            new SecretBox(currentKey, List.of(), random)
                .open(sealedWithPrevious, ENDPOINT, Role.ACTIVE))
        .hasMessageContaining(previousKey.id())
        .hasMessageContaining("WEBHOOKS_PREVIOUS_MASTER_KEYS");
  }

  @Test
  void a_malformed_master_key_is_refused_without_revealing_it() {
    assertThatThrownBy(() -> MasterKey.parse("not base64!"))
        .hasMessageContaining("base64 of 32 bytes")
        .hasMessageNotContaining("not base64!");
    assertThatThrownBy(() -> MasterKey.parse("c2hvcnQ="))
        .hasMessageContaining("this value has 5 bytes");
    assertThat(previousKey.toString()).isEqualTo("MasterKey[" + previousKey.id() + "]");
  }
}
