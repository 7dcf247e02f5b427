package com.poolbrain.webhooks.server.publish;

import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.engine.IdempotencyKey;
import com.poolbrain.webhooks.engine.Part;
import com.poolbrain.webhooks.engine.Submission;
import com.poolbrain.webhooks.engine.Submission.Repeatable;
import com.poolbrain.webhooks.events.Catalogue;
import com.poolbrain.webhooks.events.JsonRefusedException;
import com.poolbrain.webhooks.events.Problems;
import com.poolbrain.webhooks.events.StrictJson;
import com.poolbrain.webhooks.server.http.Problem;
import com.poolbrain.webhooks.server.http.Problem.Fault;
import com.poolbrain.webhooks.server.http.ProblemType;
import com.poolbrain.webhooks.server.http.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/// Reads the body of a publish request in one pass over its tokens: copies and checks every `data`,
/// and finds all that is wrong.
///
/// ```java
/// Reading reading = new PublishReader(Catalogue.released()).read(body, publisher);
/// ```
public final class PublishReader {

  private final EventTypes types;

  /// A reader for the types of a catalogue.
  public PublishReader(Catalogue catalogue) {
    types = new EventTypes(catalogue);
  }

  /// Reads one request.
  public Reading read(byte[] body, Publisher publisher) {
    String header = publisher.idempotencyKey();
    if (header != null && !Fingerprint.isKey(header)) {
      return new Reading.Refused(
          Problem.of(ProblemType.INVALID, "The Idempotency-Key header " + Fingerprint.KEY_FORM));
    }
    var problems = new Problems();
    try (StrictJson json = StrictJson.open(body)) {
      JsonToken first = json.next();
      if (first == null) {
        return new Reading.Refused(
            Problem.malformed("", "The body is empty; send an event, or an array of events."));
      }
      boolean array = first == JsonToken.START_ARRAY;
      List<Part> parts = parts(json, array, new PartReader(types, publisher, problems), problems);
      json.end();
      return problems.isEmpty()
          ? new Reading.Read(new Submission(parts, repeatable(publisher, parts)), array)
          : new Reading.Refused(refused(problems));
    } catch (JsonRefusedException malformed) {
      return new Reading.Refused(Problem.of(malformed));
    } catch (Refusal refusal) {
      return new Reading.Refused(refusal.problem());
    }
  }

  private static List<Part> parts(
      StrictJson json, boolean array, PartReader reader, Problems problems) {
    List<Part> parts = new ArrayList<>();
    if (!array) {
      add(reader.read(json), parts);
      return parts;
    }
    int objects = 0;
    while (json.next() != JsonToken.END_ARRAY) {
      if (++objects > Limits.REQUEST_OBJECTS) {
        throw new Refusal(
            Problem.invalid(
                "", "Send at most %d events in an array.".formatted(Limits.REQUEST_OBJECTS)));
      }
      add(reader.read(json), parts);
    }
    if (objects == 0) {
      problems.add("", "Send at least one event; the array is empty.");
    }
    return parts;
  }

  private static void add(@Nullable Part part, List<Part> parts) {
    if (part != null) {
      parts.add(part);
    }
  }

  private static @Nullable Repeatable repeatable(Publisher publisher, List<Part> parts) {
    String key = publisher.idempotencyKey();
    return key == null
        ? null
        : new Repeatable(
            new IdempotencyKey("key:" + publisher.keyId(), key), Fingerprint.of(parts));
  }

  private static Problem refused(Problems problems) {
    List<Fault> faults =
        new ArrayList<>(
            problems.kept().stream()
                .map(problem -> Fault.at(problem.pointer(), problem.detail()))
                .toList());
    int more = problems.count() - faults.size();
    if (more > 0) {
      faults.add(Fault.at("", "There are %d more problems.".formatted(more)));
    }
    return Problem.invalid(faults);
  }
}
