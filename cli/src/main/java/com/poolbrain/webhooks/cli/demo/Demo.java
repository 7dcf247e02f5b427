package com.poolbrain.webhooks.cli.demo;

import com.poolbrain.webhooks.cli.api.Api;
import com.poolbrain.webhooks.cli.api.Publishing;
import com.poolbrain.webhooks.cli.terminal.Failure;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// Shows the whole path at work on real parts, and checks itself.
///
/// ```
/// try (Demo demo = new Demo(terminal)) {
///   boolean allHolds = demo.run(0, start, false);
/// }
/// ```
public final class Demo implements AutoCloseable {

  private final Terminal terminal;
  private final Stage stage = new Stage();

  /// A demo that tells its story here.
  public Demo(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Starts the parts and tells the story.
  ///
  /// @param port of the service, 0 for any free one
  /// @param start makes a service of the settings in an environment
  /// @param stays whether to say how to look around in what is there then
  /// @return whether everything happened as it should
  public boolean run(int port, Function<Map<String, String>, RunningService> start, boolean stays)
      throws InterruptedException {
    terminal.say("Starting PostgreSQL, the service and a consumer ...");
    Stage.Parts parts = stage.open(port, start);
    terminal.say("The service is ready at " + parts.service());
    try (Api api = new Api(parts.service(), parts.key())) {
      boolean allHolds = tell(api, parts);
      if (stays) {
        sayHowToLookAround(api, parts);
      }
      return allHolds;
    } catch (Failure e) {
      if (stage.isClosed()) {
        return false; // somebody ended the demo, and its story with it: that is no news
      }
      throw e;
    }
  }

  private boolean tell(Api api, Stage.Parts parts) throws InterruptedException {
    Narrator narrator = new Narrator(terminal);
    Checks checks = new Checks(narrator);
    DemoCompany company = new DemoCompany(api, parts.listener());
    List<JsonNode> accepted =
        new Story(company, new Publishing(api, DemoCompany.ID), narrator, checks).tell();
    new Ending(api, company, narrator, checks, InstantSource.system()).tell(accepted);
    return checks.broken() == 0;
  }

  private void sayHowToLookAround(Api api, Stage.Parts parts) {
    String curl = "  curl -H \"Authorization: Bearer $WEBHOOKS_ADMIN_KEY\" ";
    URI deliveries = api.url("/companies/" + DemoCompany.ID + "/deliveries");
    terminal.say("");
    terminal.say("The service stays up until Ctrl-C. Look around in another terminal:");
    terminal.say("");
    terminal.say("  export WEBHOOKS_ADMIN_KEY=" + parts.key());
    terminal.say(curl + deliveries);
    terminal.say(curl + deliveries + "/ID     # one of the deliveries above");
    terminal.say("  ./webhooks trigger customer.created --url " + parts.service());
  }

  /// Ends all parts. Closing twice is fine.
  @Override
  public void close() {
    stage.close();
  }
}
