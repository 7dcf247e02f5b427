package com.poolbrain.webhooks.web.page;

import com.poolbrain.webhooks.http.Response;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Renders templates to responses with the headers that all pages bear.
///
/// ```java
/// return html.render(200, "endpoint/list.jte", Map.of("page", page, "view", view));
/// ```
public final class Html {

  private static final String TEMPLATE_PACKAGE = "com.poolbrain.webhooks.web";

  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Html.class.getClassLoader(), TEMPLATE_PACKAGE);
  private final Map<String, String> headers;

  /// @param embedOrigins origins whose pages may embed the page
  public Html(List<String> embedOrigins) {
    var all = new LinkedHashMap<String, String>();
    all.put(
        "Content-Security-Policy",
        "default-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'; frame-ancestors "
            + (embedOrigins.isEmpty() ? "'none'" : String.join(" ", embedOrigins)));
    all.put("Cache-Control", "no-store");
    all.put("Referrer-Policy", "no-referrer");
    headers = Map.copyOf(all);
  }

  /// The response of a page.
  ///
  /// @param template path below the folder of templates
  /// @param parameters of the template, by name
  public Response render(int status, String template, Map<String, Object> parameters) {
    // U+0000 is an error in HTML; other control characters show as nothing.
    byte[] body =
        text(template, parameters).replace('\0', '\ufffd').getBytes(StandardCharsets.UTF_8);
    return new Response(status, "text/html; charset=utf-8", body, headers);
  }

  /// A text that is no page: the content of a mail.
  ///
  /// @param parameters of the template, by name
  public String text(String template, Map<String, Object> parameters) {
    var output = new StringOutput();
    templates.render(template, parameters, output);
    return output.toString();
  }

  /// A redirect to another page after a form: reloading it repeats nothing.
  public Response seeOther(String location) {
    return withHeaders(new Response(303, null, new byte[0], Map.of("Location", location)));
  }

  private Response withHeaders(Response response) {
    Response result = response;
    for (var header : headers.entrySet()) {
      result = result.withHeader(header.getKey(), header.getValue());
    }
    return result;
  }
}
