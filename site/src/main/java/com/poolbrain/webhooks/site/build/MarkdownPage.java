package com.poolbrain.webhooks.site.build;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/// A file of Markdown. Markup of HTML in it is shown as text.
final class MarkdownPage {

  private static final List<Extension> EXTENSIONS =
      List.of(TablesExtension.create(), HeadingAnchorExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder().extensions(EXTENSIONS).escapeHtml(true).sanitizeUrls(true).build();
  private static final Pattern ANCHOR = Pattern.compile("<h[1-6] id=\"([^\"]+)\"");

  private final Node document;
  private final Set<String> anchors = new HashSet<>();
  private String title = "";

  private MarkdownPage(Node document) {
    this.document = document;
  }

  static MarkdownPage parse(String markdown) {
    MarkdownPage page = new MarkdownPage(PARSER.parse(markdown));
    page.document.accept(page.new Reader());
    Matcher ids = ANCHOR.matcher(page.html());
    while (ids.find()) {
      page.anchors.add(ids.group(1));
    }
    return page;
  }

  /// The first heading.
  String title() {
    return title;
  }

  /// Ids of the headings.
  Set<String> anchors() {
    return anchors;
  }

  /// Replaces each target of a link or an image. A link without a target becomes text.
  void rewriteTargets(Function<String, Optional<String>> rewrite) {
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Link link) {
            visitChildren(link);
            rewrite
                .apply(link.getDestination())
                .ifPresentOrElse(link::setDestination, () -> replaceByText(link));
          }

          @Override
          public void visit(Image image) {
            rewrite.apply(image.getDestination()).ifPresent(image::setDestination);
          }
        });
  }

  private static void replaceByText(Link link) {
    for (Node child = link.getFirstChild(); child != null; child = link.getFirstChild()) {
      link.insertBefore(child);
    }
    link.unlink();
  }

  /// The body as HTML.
  String html() {
    return RENDERER.render(document);
  }

  private final class Reader extends AbstractVisitor {

    @Override
    public void visit(Heading heading) {
      if (title.isEmpty()) {
        StringBuilder text = new StringBuilder();
        heading.accept(
            new AbstractVisitor() {
              @Override
              public void visit(Text part) {
                text.append(part.getLiteral());
              }

              @Override
              public void visit(Code part) {
                text.append(part.getLiteral());
              }
            });
        title = text.toString();
      }
      visitChildren(heading);
    }
  }
}
