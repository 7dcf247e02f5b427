package com.poolbrain.webhooks.cli.listen;

import com.poolbrain.webhooks.cli.listen.Arrival.Verdict;
import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Verification;
import com.poolbrain.webhooks.signature.Verifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What stands behind one path of a [Listener]: verifies, de-duplicates by id, and misbehaves on
/// request, as a consumer would.
public final class Inbox {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int REMEMBERED = 100_000;

  private final @Nullable Verifier verifier;
  private final Misbehaviour misbehaviour;
  private final Consumer<Arrival> onArrival;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Integer> refusals = bounded();
  private final Map<String, Boolean> processed = bounded();

  /// An inbox.
  ///
  /// @param secret what requests are signed with; null to take them unchecked
  /// @param onArrival told of every request in turn, once it is decided how to answer it
  public Inbox(@Nullable Secret secret, Misbehaviour misbehaviour, Consumer<Arrival> onArrival) {
    this.verifier = secret == null ? null : new Verifier(secret);
    this.misbehaviour = misbehaviour;
    this.onArrival = onArrival;
  }

  /// Deals with one request, and holds the answer back if that was asked for.
  ///
  /// @return the status to answer with
  int receive(Received request) throws InterruptedException {
    Verification verification =
        verifier == null ? null : verifier.explain(request.signature(), request.body());
    JsonNode envelope = parse(request.body());
    int status;
    lock.lock();
    try {
      Verdict verdict = judge(verification, envelope);
      status = status(verdict);
      onArrival.accept(new Arrival(request, envelope, verification, verdict, status));
    } finally {
      lock.unlock();
    }
    Thread.sleep(misbehaviour.delay()); // what was asked for: a consumer that takes its time
    return status;
  }

  private int status(Verdict verdict) {
    return switch (verdict) {
      case PROCESSED, DUPLICATE -> 200;
      case MISBEHAVED -> misbehaviour.status();
      case UNTRUSTED -> 401;
      case UNREADABLE -> 400;
    };
  }

  private Verdict judge(@Nullable Verification verification, @Nullable JsonNode envelope) {
    if (verification != null && !verification.matches()) {
      return Verdict.UNTRUSTED;
    }
    if (envelope == null) {
      return Verdict.UNREADABLE;
    }
    String id = envelope.path("id").stringValue();
    int refused = refusals.getOrDefault(id, 0);
    if (refused < misbehaviour.fail()) {
      refusals.put(id, refused + 1);
      return Verdict.MISBEHAVED;
    }
    return processed.put(id, true) == null ? Verdict.PROCESSED : Verdict.DUPLICATE;
  }

  /// The body, if it is an object with an id to tell it by.
  private static @Nullable JsonNode parse(byte[] body) {
    try {
      JsonNode envelope = JSON.readTree(body);
      return envelope.path("id").isString() ? envelope : null;
    } catch (JacksonException _) {
      return null; // answered with 400 and shown as unreadable
    }
  }

  private static <V> Map<String, V> bounded() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > REMEMBERED;
      }
    };
  }
}
