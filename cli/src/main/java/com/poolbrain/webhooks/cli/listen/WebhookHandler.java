package com.poolbrain.webhooks.cli.listen;

import com.poolbrain.webhooks.cli.listen.HandledWebhook.Disposition;
import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.VerificationResult;
import com.poolbrain.webhooks.signature.Verifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Handler of the webhooks at one path of a [WebhookListener]: verifies signatures, detects
/// duplicates by id, and simulates failures.
public final class WebhookHandler {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int MAX_REMEMBERED_IDS = 100_000;

  private final @Nullable Verifier verifier;
  private final FailureMode failureMode;
  private final Consumer<HandledWebhook> onHandled;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Integer> failuresById = boundedMap();
  private final Map<String, Boolean> processedIds = boundedMap();

  /// A handler without any webhooks so far.
  ///
  /// @param secret signing secret; null to accept every signature
  /// @param onHandled called with every webhook, one at a time, before the response
  public WebhookHandler(
      @Nullable Secret secret, FailureMode failureMode, Consumer<HandledWebhook> onHandled) {
    this.verifier = secret == null ? null : new Verifier(secret);
    this.failureMode = failureMode;
    this.onHandled = onHandled;
  }

  /// Handles a request and waits for the delay of the failure mode.
  ///
  /// @return the status code of the response
  int handle(IncomingRequest request) throws InterruptedException {
    VerificationResult verificationResult =
        verifier == null ? null : verifier.explain(request.signature(), request.body());
    JsonNode envelope = parse(request.body());
    int status;
    lock.lock();
    try {
      Disposition disposition = classify(verificationResult, envelope);
      status = statusFor(disposition);
      onHandled.accept(
          new HandledWebhook(request, envelope, verificationResult, disposition, status));
    } finally {
      lock.unlock();
    }
    // Asked for by `--delay`. Only the thread of this request waits, without the lock.
    Thread.sleep(failureMode.delay());
    return status;
  }

  private int statusFor(Disposition disposition) {
    return switch (disposition) {
      case PROCESSED, DUPLICATE -> 200;
      case SIMULATED_FAILURE -> failureMode.status();
      case INVALID_SIGNATURE -> 401;
      case MALFORMED -> 400;
    };
  }

  private Disposition classify(
      @Nullable VerificationResult verificationResult, @Nullable JsonNode envelope) {
    if (verificationResult != null && !verificationResult.matches()) {
      return Disposition.INVALID_SIGNATURE;
    }
    if (envelope == null) {
      return Disposition.MALFORMED;
    }
    String id = envelope.path("id").stringValue();
    int failures = failuresById.getOrDefault(id, 0);
    if (failures < failureMode.failuresPerDelivery()) {
      failuresById.put(id, failures + 1);
      return Disposition.SIMULATED_FAILURE;
    }
    return processedIds.put(id, true) == null ? Disposition.PROCESSED : Disposition.DUPLICATE;
  }

  /// The body as JSON; null if it has no `id`.
  private static @Nullable JsonNode parse(byte[] body) {
    try {
      JsonNode envelope = JSON.readTree(body);
      return envelope.path("id").isString() ? envelope : null;
    } catch (JacksonException _) {
      return null; // answered with 400
    }
  }

  private static <V> Map<String, V> boundedMap() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > MAX_REMEMBERED_IDS;
      }
    };
  }
}
