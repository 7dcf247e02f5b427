package com.poolbrain.webhooks.signature;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Signs request bodies with one secret. Thread-safe. Keep an instance per secret: creating one
/// takes longer than a signature.
///
/// ```
/// var signer = new Signer(Secret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
/// request.header(Signer.SIGNATURE_HEADER, signer.sign(body)).send(body); // the same bytes
/// ```
public final class Signer {

  /// Header with the signature by the active secret.
  public static final String SIGNATURE_HEADER = "X-Webhook-Signature";

  /// Header with the signature by the next secret, while a secret is being rolled.
  public static final String NEXT_SIGNATURE_HEADER = "X-Webhook-Signature-Next";

  /// Header with the signature by the previous secret, for a time after a secret was rolled.
  public static final String PREVIOUS_SIGNATURE_HEADER = "X-Webhook-Signature-Previous";

  private static final HexFormat HEX = HexFormat.of();

  private final Hmac hmac;
  private final @Nullable Hmac standardWebhooksHmac;

  /// A signer for this secret.
  public Signer(Secret secret) {
    hmac = new Hmac(secret.key());
    byte[] standardWebhooksKey = secret.standardWebhooksKey();
    standardWebhooksHmac = standardWebhooksKey.length == 0 ? null : new Hmac(standardWebhooksKey);
  }

  /// The value of `X-Webhook-Signature`: the HMAC-SHA256 of the body as 64 hexadecimal digits in
  /// lower case. The key is the UTF-8 bytes of the whole secret (consumer guide, "Signature").
  ///
  /// @param body the exact bytes that are sent
  public String sign(byte[] body) {
    return HEX.formatHex(hmac.digest(body));
  }

  /// Whether the secret has the form that [#signStandardWebhooks] needs.
  public boolean supportsStandardWebhooks() {
    return standardWebhooksHmac != null;
  }

  /// One value of `webhook-signature` (Standard Webhooks 1.0): `v1,` and the base64 form of the
  /// HMAC-SHA256 of `id.timestamp.body`. The header holds several values, separated by spaces,
  /// while a secret is being rolled.
  ///
  /// @param id value of `webhook-id`
  /// @param timestamp value of `webhook-timestamp`: Unix seconds of this attempt
  /// @throws IllegalStateException if [#supportsStandardWebhooks()] is false
  public String signStandardWebhooks(String id, long timestamp, byte[] body) {
    if (standardWebhooksHmac == null) {
      throw new IllegalStateException(
          "Standard Webhooks need a secret of the form whsec_<base64 of 24 to 64 bytes>.");
    }
    byte[] prefix = (id + '.' + timestamp + '.').getBytes(StandardCharsets.UTF_8);
    return "v1," + Base64.getEncoder().encodeToString(standardWebhooksHmac.digest(prefix, body));
  }
}
