package com.poolbrain.webhooks.consumer;

import com.poolbrain.webhooks.consumer.servlet.WebhookServlet;
import java.net.URI;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// In an embedded Tomcat.
class ServletAdapterTest implements AdapterContract {

  @TempDir private Path folder;
  private Tomcat tomcat;

  @Override
  public URI start(WebhookReceiver receiver) throws Exception {
    tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", folder.toString());
    Tomcat.addServlet(context, "webhooks", new WebhookServlet(receiver));
    context.addServletMappingDecoded("/webhooks", "webhooks");
    tomcat.start();
    return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/webhooks");
  }

  @AfterEach
  void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }
}
