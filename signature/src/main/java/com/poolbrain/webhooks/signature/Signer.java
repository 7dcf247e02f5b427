package com.poolbrain.webhooks.signature;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Signs bodies with one secret: thread-safe, cheap to call, and worth keeping, because making one
/// costs more than a signature.
///
/// ```
/// var signer = new Signer(Secret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
/// request.header(Signer.HEADER, signer.sign(body)).send(body); // the same bytes
/// ```
public final class Signer {

  /// The header that carries the signature by the active secret.
  public static final String SIGNATURE_HEADER = "X-Webhook-Signature";

  private static final HexFormat HEX = HexFormat.of();

  private final Hmac hmac;
  private final @Nullable Hmac standardWebhooksHmac;

  /// A signer for this secret.
  public Signer(Secret secret) {
    hmac = new Hmac(secret.key());
    byte[] standardWebhooksKey = secret.standardWebhooksKey();
    standardWebhooksHmac = standardWebhooksKey.length == 0 ? null : new Hmac(standardWebhooksKey);
  }

  /// The value of `X-Webhook-Signature`: 64 lower-case hex digits, the HMAC-SHA256 of these very
  /// bytes under the UTF-8 bytes of the whole secret.
  public String sign(byte[] body) {
    return HEX.formatHex(hmac.digest(body));
  }

  /// Whether [#signStandardWebhooks] can be called: the secret is of the form that Standard
  /// Webhooks need.
  public boolean supportsStandardWebhooks() {
    return standardWebhooksHmac != null;
  }

  /// One value of `webhook-signature` by Standard Webhooks 1.0: `v1,` and the base64 form of the
  /// HMAC-SHA256 of `id.timestamp.body`. While a secret rolls, several of them are joined by
  /// spaces.
  ///
  /// @param id what `webhook-id` says
  /// @param timestamp what `webhook-timestamp` says: Unix seconds of this attempt
  /// @throws IllegalStateException if the secret is not of that form; ask
  ///   [Secret#supportsStandardWebhooks()] first
  public String signStandardWebhooks(String id, long timestamp, byte[] body) {
    if (standardWebhooksHmac == null) {
      throw new IllegalStateException(
          "Standard Webhooks need a secret of the form whsec_<base64 of 24 to 64 bytes>.");
    }
    byte[] prefix = (id + '.' + timestamp + '.').getBytes(StandardCharsets.UTF_8);
    return "v1," + Base64.getEncoder().encodeToString(standardWebhooksHmac.digest(prefix, body));
  }
}
