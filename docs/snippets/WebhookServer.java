import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.*;
import java.util.*;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

public class WebhookServer {
  // In your database: a unique key, written in the transaction of the work.
  static final Set<String> handled = ConcurrentHashMap.newKeySet();

  /** Whether Pool Brain signed these bytes. */
  static boolean isValid(byte[] body, String signature) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    byte[] secret = System.getenv("WEBHOOK_SECRET").getBytes(StandardCharsets.UTF_8);
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    String expected = HexFormat.of().formatHex(mac.doFinal(body));
    return MessageDigest.isEqual(expected.getBytes(), signature.getBytes());
  }

  static int receive(byte[] body, String signature) throws GeneralSecurityException {
    if (signature == null || !isValid(body, signature)) return 401; // before any parser
    JsonNode webhook = JsonMapper.shared().readTree(body);
    String id = webhook.path("id").asString("");
    if (id.isEmpty()) return 400;
    if (handled.contains(id)) return 204; // it arrived again
    JsonNode data = webhook.path("data");
    for (JsonNode item : data.isArray() ? data : List.of(data)) {
      System.out.println(webhook.path("event").asString() + " " + item); // your work, or your queue
    }
    handled.add(id);
    return 204;
  }

  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(System.getenv("PORT"));
    HttpServer server = HttpServer.create(new InetSocketAddress("localhost", port), 0);
    server.createContext("/webhooks", WebhookServer::answer);
    server.start();
  }

  static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(1_000_000);
      String signature = exchange.getRequestHeaders().getFirst("X-Webhook-Signature");
      exchange.sendResponseHeaders(receive(body, signature), -1);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }
}
