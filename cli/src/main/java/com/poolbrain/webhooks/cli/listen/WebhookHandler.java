package com.poolbrain.webhooks.cli.listen;

import com.poolbrain.webhooks.cli.listen.HandledWebhook.Disposition;
import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.VerificationResult;
import com.poolbrain.webhooks.signature.Verifier;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Handler of the webhooks at one path of a [WebhookListener]: verifies signatures, detects
/// duplicates by id, simulates failures, or sends requests on to an application.
public final class WebhookHandler {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int MAX_REMEMBERED_IDS = 100_000;

  private final @Nullable Verifier verifier;
  private final FailureMode failureMode;
  private final Recording recording;
  private final @Nullable Forwarder forwarder;
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
    this(secret, failureMode, Recording.inMemory(), null, onHandled);
  }

  /// @param forwarder sends on all requests but those that fail on request, whatever their
  ///   signature and id, so that an application can be tried with them; null to answer them here
  public WebhookHandler(
      @Nullable Secret secret,
      FailureMode failureMode,
      Recording recording,
      @Nullable Forwarder forwarder,
      Consumer<HandledWebhook> onHandled) {
    this.verifier = secret == null ? null : new Verifier(secret);
    this.failureMode = failureMode;
    this.recording = recording;
    this.forwarder = forwarder;
    this.onHandled = onHandled;
  }

  /// Records and handles a request, and waits for the delay of the failure mode.
  ///
  /// @return the status code of the response
  int handle(IncomingRequest request) throws IOException, InterruptedException {
    int status = handle(recording.add(request), request);
    // Asked for by `--delay`. Only the thread of this request waits, without the lock.
    Thread.sleep(failureMode.delay());
    return status;
  }

  /// Handles a recorded request again.
  ///
  /// @return false if there is none of this number
  public boolean handleAgain(int number) throws InterruptedException {
    Optional<IncomingRequest> request = recording.find(number);
    if (request.isPresent()) {
      handle(number, request.get());
    }
    return request.isPresent();
  }

  private int handle(int number, IncomingRequest request) throws InterruptedException {
    VerificationResult verificationResult =
        verifier == null ? null : verifier.explain(request.signature(), request.body());
    JsonNode envelope = parse(request.body());
    Disposition disposition = locked(() -> classify(verificationResult, envelope));
    Forwarder.Answer answer =
        forwarder != null && disposition == Disposition.FORWARDED ? forwarder.send(request) : null;
    int status = answer == null ? statusFor(disposition) : answer.status();
    HandledWebhook handled =
        new HandledWebhook(
            number, request, envelope, verificationResult, disposition, answer, status);
    return locked(() -> {
      onHandled.accept(handled);
      return status;
    });
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  private int statusFor(Disposition disposition) {
    return switch (disposition) {
      case PROCESSED, DUPLICATE -> 200;
      case FORWARDED -> throw new IllegalStateException("the application has answered");
      case SIMULATED_FAILURE -> failureMode.status();
      case INVALID_SIGNATURE -> 401;
      case MALFORMED -> 400;
    };
  }

  private Disposition classify(
      @Nullable VerificationResult verificationResult, @Nullable JsonNode envelope) {
    boolean isGenuine = verificationResult == null || verificationResult.matches();
    if (forwarder == null && !isGenuine) {
      return Disposition.INVALID_SIGNATURE;
    }
    if (forwarder == null && envelope == null) {
      return Disposition.MALFORMED;
    }
    String id = envelope == null ? "" : envelope.path("id").stringValue();
    int failures = failuresById.getOrDefault(id, 0);
    if (failures < failureMode.failuresPerDelivery()) {
      failuresById.put(id, failures + 1);
      return Disposition.SIMULATED_FAILURE;
    }
    if (forwarder != null) {
      return Disposition.FORWARDED;
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
