package com.poolbrain.webhooks.management.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.poolbrain.webhooks.domain.text.EmailAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/// Signed links that end mails to an address without signing in.
///
/// A link has the address and the endpoint, and an HMAC-SHA256 of both. It is valid as long as its
/// key is configured.
public final class UnsubscribeLinks {

  /// The path of the page below the public URL, before the token.
  public static final String PATH = "/unsubscribe/";

  private static final int MAC_BYTES = 16;
  private static final int MAX_TOKEN = 1_000;
  private static final String PURPOSE = "unsubscribe\n";

  private final String publicUrl;
  private final List<SecretKey> keys;

  /// What a link ends.
  ///
  /// @param endpointId null for the mails about all endpoints
  public record Target(String address, @Nullable UUID endpointId) {

    /// An address is of no use in a log.
    @Override
    public String toString() {
      return "Target[" + endpointId + "]";
    }
  }

  /// @param publicUrl of the service, without a slash at the end
  /// @param keys the first one signs, all of them verify
  public UnsubscribeLinks(URI publicUrl, List<SecretKey> keys) {
    this.publicUrl = publicUrl.toString();
    this.keys = List.copyOf(keys);
  }

  /// The link that ends mails to an address.
  ///
  /// @param endpointId null for the mails about all endpoints
  public URI link(String address, @Nullable UUID endpointId) {
    byte[] content =
        ((endpointId == null ? "" : endpointId.toString()) + " " + address).getBytes(UTF_8);
    byte[] token = Arrays.copyOf(mac(keys.getFirst(), content), MAC_BYTES + content.length);
    System.arraycopy(content, 0, token, MAC_BYTES, content.length);
    return URI.create(
        publicUrl + PATH + Base64.getUrlEncoder().withoutPadding().encodeToString(token));
  }

  /// The target of a token; null if no key of the service signed it.
  public @Nullable Target read(String token) {
    byte[] bytes = decode(token);
    if (bytes == null || bytes.length <= MAC_BYTES) {
      return null;
    }
    byte[] content = Arrays.copyOfRange(bytes, MAC_BYTES, bytes.length);
    byte[] mac = Arrays.copyOf(bytes, MAC_BYTES);
    boolean isSigned =
        keys.stream()
            .anyMatch(
                key -> MessageDigest.isEqual(mac, Arrays.copyOf(mac(key, content), MAC_BYTES)));
    return isSigned ? parse(new String(content, UTF_8)) : null;
  }

  private static byte @Nullable [] decode(String token) {
    try {
      return token.length() > MAX_TOKEN ? null : Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static @Nullable Target parse(String content) {
    int space = content.indexOf(' ');
    String address = content.substring(space + 1);
    return EmailAddress.findError(address) != null
        ? null
        : new Target(address, space <= 0 ? null : UUID.fromString(content.substring(0, space)));
  }

  private static byte[] mac(SecretKey key, byte[] content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(PURPOSE.getBytes(UTF_8));
      return mac.doFinal(content);
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("the JDK has no HMAC-SHA256", broken);
    }
  }
}
