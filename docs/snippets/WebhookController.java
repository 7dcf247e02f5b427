import java.nio.charset.StandardCharsets;
import java.security.*;
import java.util.*;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.*;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RestController
public class WebhookController {
  // In your database: a unique key, written in the transaction of the work.
  private final Set<String> handled = ConcurrentHashMap.newKeySet();
  private final byte[] secret;

  public WebhookController(@Value("${WEBHOOK_SECRET}") String secret) {
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether Pool Brain signed these bytes. */
  boolean isValid(byte[] body, String signature) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    String expected = HexFormat.of().formatHex(mac.doFinal(body));
    return MessageDigest.isEqual(expected.getBytes(), signature.getBytes());
  }

  @PostMapping("/webhooks")
  public ResponseEntity<Void> receive(
      @RequestBody(required = false) byte[] given, // the raw bytes, null if there are none
      @RequestHeader(name = "X-Webhook-Signature", defaultValue = "") String signature)
      throws GeneralSecurityException {
    byte[] body = given == null ? new byte[0] : given;
    if (!isValid(body, signature)) return ResponseEntity.status(401).build();
    JsonNode webhook = JsonMapper.shared().readTree(body);
    String id = webhook.path("id").asString("");
    if (id.isEmpty()) return ResponseEntity.badRequest().build();
    if (handled.contains(id)) return ResponseEntity.noContent().build(); // it arrived again
    JsonNode data = webhook.path("data");
    for (JsonNode item : data.isArray() ? data : List.of(data)) {
      System.out.println(webhook.path("event").asString() + " " + item); // your work, or your queue
    }
    handled.add(id);
    return ResponseEntity.noContent().build();
  }
}
