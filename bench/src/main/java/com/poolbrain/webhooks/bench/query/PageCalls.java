package com.poolbrain.webhooks.bench.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.poolbrain.webhooks.bench.query.DeliverySamples.Sample;
import com.poolbrain.webhooks.bench.query.TimedCall.Request;
import com.poolbrain.webhooks.bench.service.ServiceUnderTest;
import java.net.URLEncoder;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The HTML pages that are measured, each with a text that shows that it found what it shows.
public final class PageCalls {

  private final PageSessions sessions;
  private final DeliverySamples samples;
  private final List<TimedCall> calls = new ArrayList<>();

  private PageCalls(PageSessions sessions, DeliverySamples samples) {
    this.sessions = sessions;
    this.samples = samples;
  }

  /// All pages. Signs in for them.
  public static List<TimedCall> of(ServiceUnderTest service, DeliverySamples samples) {
    PageSessions sessions = new PageSessions(service);
    samples.companies().forEach(sessions::open);
    sessions.open(samples.busiestCompany());
    sessions.signInAtSupport();
    PageCalls pages = new PageCalls(sessions, samples);
    pages.addPagesOfCompanies();
    pages.addSupportConsole();
    return pages.calls;
  }

  private void addPagesOfCompanies() {
    Function<Sample, String> url = Sample::url;
    Function<Sample, String> id = s -> s.id().toString();
    Function<Sample, String> anyDelivery = _ -> "/deliveries/0"; // ids begin with the time
    Function<Sample, String> heading = _ -> "<h1";
    add("endpoints", _ -> "", url);
    add("endpoint", s -> "/endpoints/" + s.endpoint(), url);
    add("endpoint, edit", s -> "/endpoints/" + s.endpoint() + "/edit", url);
    add("deliveries", _ -> "/deliveries", anyDelivery);
    addOfBusiest("deliveries of the busiest company", "/deliveries", "/deliveries/0");
    add("deliveries, failed", _ -> "/deliveries?status=permanently_failed", heading);
    add("deliveries, endpoint", s -> "/deliveries?endpoint_id=" + s.endpoint(), anyDelivery);
    addOfBusiest("deliveries, result that none has", "/deliveries?result=dns", "<h1");
    add("deliveries, search", s -> "/deliveries?q=" + s.ref(), id);
    add("delivery", s -> "/deliveries/" + s.id(), id);
    add("recovery", _ -> "/recovery", heading);
    add("recovery, question", PageCalls::recoveryQuestion, heading);
    add("event catalogue", _ -> "/events", _ -> "customer.created");
    add("event type", _ -> "/events/customer.created", _ -> "displayName");
    add("audit", _ -> "/audit", heading);
  }

  private static String recoveryQuestion(Sample sample) {
    return "/recovery/start?kind=recover&endpoint_id=%s&since=%s"
        .formatted(sample.endpoint(), sample.at().truncatedTo(ChronoUnit.MINUTES));
  }

  private void addSupportConsole() {
    Function<Sample, String> eventId = s -> s.eventId().toString();
    addSupport("support console", _ -> "", _ -> "<h1");
    addSupport("support console, event", s -> "?q=" + s.eventId(), eventId);
    addSupport("support console, delivery", s -> "?q=" + s.id(), eventId);
    addSupport(
        "support console, URL and time",
        s -> "?q=%s&at=%s".formatted(URLEncoder.encode(s.url(), UTF_8), s.at()),
        Sample::url);
  }

  private void add(String name, Function<Sample, String> path, Function<Sample, String> text) {
    add(name, sample -> ofCompany(sample.company(), path.apply(sample), text.apply(sample)));
  }

  private void addOfBusiest(String name, String path, String text) {
    add(name, _ -> ofCompany(samples.busiestCompany(), path, text));
  }

  private Request ofCompany(long company, String path, String text) {
    return new Request(path, () -> sessions.get(company, path), text);
  }

  private void addSupport(
      String name, Function<Sample, String> query, Function<Sample, String> text) {
    add(
        name,
        sample -> {
          String asked = query.apply(sample);
          return new Request(
              "/support" + asked, () -> sessions.getSupport(asked), text.apply(sample));
        });
  }

  private void add(String name, Function<Sample, Request> request) {
    calls.add(new TimedCall(name, () -> request.apply(samples.next())));
  }
}
