package com.poolbrain.webhooks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.store.SecretBox.Role;
import com.poolbrain.webhooks.store.SecretBox.Sealed;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SecretBoxTest {

  private static final UUID ENDPOINT = new UUID(1, 1);

  private final SecureRandom random = new SecureRandom();
  private final MasterKey old = key();
  private final SecretBox box = new SecretBox(old, List.of(), random);

  private MasterKey key() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return MasterKey.parse(Base64.getEncoder().encodeToString(bytes));
  }

  @Test
  void whatIsSealedComesBackAndDoesNotShow() {
    Sealed sealed = box.seal("whsec_ä€𝄞", ENDPOINT, Role.ACTIVE);

    assertThat(box.open(sealed, ENDPOINT, Role.ACTIVE)).isEqualTo("whsec_ä€𝄞");
    assertThat(new String(sealed.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("whsec");
  }

  @Test
  void theSameSecretNeverLooksTheSameTwice() {
    assertThat(box.seal("same", ENDPOINT, Role.ACTIVE).bytes())
        .isNotEqualTo(box.seal("same", ENDPOINT, Role.ACTIVE).bytes());
  }

  @Test
  void aSecretMovedToAnotherEndpointOrRoleStaysShut() {
    Sealed sealed = box.seal("secret", ENDPOINT, Role.NEXT);

    assertThatThrownBy(() -> box.open(sealed, new UUID(1, 2), Role.NEXT))
        .hasMessageContaining("belongs elsewhere");
    assertThatThrownBy(() -> box.open(sealed, ENDPOINT, Role.ACTIVE))
        .hasMessageContaining("belongs elsewhere");
  }

  @Test
  void aChangedOrCutSecretStaysShut() {
    Sealed sealed = box.seal("secret", ENDPOINT, Role.ACTIVE);
    sealed.bytes()[20] ^= 1;

    assertThatThrownBy(() -> box.open(sealed, ENDPOINT, Role.ACTIVE))
        .hasMessageContaining("was changed");
    assertThatThrownBy(
            () -> box.open(new Sealed(sealed.keyId(), new byte[3]), ENDPOINT, Role.ACTIVE))
        .hasMessageContaining("was changed");
  }

  @Test
  void afterTheMasterKeyChangedOldSecretsOpenWithThePreviousOne() {
    Sealed before = box.seal("secret", ENDPOINT, Role.ACTIVE);
    MasterKey fresh = key();
    SecretBox rotated = new SecretBox(fresh, List.of(old), random);

    assertThat(rotated.open(before, ENDPOINT, Role.ACTIVE)).isEqualTo("secret");
    assertThat(rotated.seal("secret", ENDPOINT, Role.ACTIVE).keyId()).isEqualTo(fresh.id());
    assertThatThrownBy(
            () -> new SecretBox(fresh, List.of(), random).open(before, ENDPOINT, Role.ACTIVE))
        .hasMessageContaining(old.id())
        .hasMessageContaining("WEBHOOKS_PREVIOUS_MASTER_KEYS");
  }

  @Test
  void aMasterKeyOfAnotherFormIsRefusedWithoutRepeatingIt() {
    assertThatThrownBy(() -> MasterKey.parse("not base64!"))
        .hasMessageContaining("base64 of 32 bytes")
        .hasMessageNotContaining("not base64!");
    assertThatThrownBy(() -> MasterKey.parse("c2hvcnQ=")).hasMessageContaining("these are 5");
    assertThat(old.toString()).isEqualTo("MasterKey[" + old.id() + "]");
  }
}
