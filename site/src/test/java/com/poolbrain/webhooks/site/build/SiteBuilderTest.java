package com.poolbrain.webhooks.site.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.site.DocsSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SiteBuilderTest {

  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"/docs/([^\"#]+)");

  @TempDir private Path folder;

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve("docs").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private String build(String page) throws IOException {
    SiteBuilder.build(folder.resolve("docs"), folder.resolve("site"), List.of("a.md", "../B.md"));
    return Files.readString(folder.resolve("site").resolve(page));
  }

  @Test
  void links_between_pages_and_files_lead_to_their_places_on_the_site() throws Exception {
    write(
        "a.md",
        "# First page\n\n[b](../B.md#some-part) ![chart](img/c.svg) [web](https://a.test/)");
    write("../B.md", "# Second\n\n## Some part\n\n[a](docs/a.md) [files](docs/img)");
    write("img/c.svg", "<svg/>");

    assertThat(build("a.html"))
        .contains(
            "<title>First page</title>",
            "href=\"/docs/b#some-part\"",
            "src=\"/docs/img/c.svg\"",
            "href=\"https://a.test/\"",
            "<a href=\"/docs/a\" aria-current=\"page\">First page</a>",
            "<a href=\"/docs/b\">Second</a>");
    assertThat(build("b.html")).contains("href=\"/docs/a\"", "href=\"/docs/img\"");
    assertThat(build("img.html")).contains("href=\"/docs/img/c.svg\">c.svg</a>");
    assertThat(build("img/c.svg")).isEqualTo("<svg/>");
    assertThat(build("navigation.txt")).isEqualTo("a\tFirst page\nb\tSecond\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing.md", "../B.md#no-such-part", "#nowhere", "../missing.txt"})
  void link_without_a_target_fails_the_build_and_is_named(String link) throws Exception {
    write("a.md", "# A\n\n[dead](" + link + ")");
    write("../B.md", "# B");

    assertThatThrownBy(() -> build("a.html"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("links without a target: " + link + " in a.md");
  }

  @Test
  void link_to_a_file_of_the_project_that_is_not_on_the_site_is_text() throws Exception {
    write("a.md", "# A\n\nSee [the `sample`](../sample).");
    write("../B.md", "# B");
    write("../sample/Main.java", "");

    assertThat(build("a.html")).contains("<p>See the <code>sample</code>.</p>");
  }

  @Test
  void page_that_is_not_in_the_navigation_fails_the_build_and_is_named() throws Exception {
    write("a.md", "# A");
    write("../B.md", "# B");
    write("new.md", "# New");

    assertThatThrownBy(() -> build("a.html")).hasMessage("pages without a place: new.md");
  }

  @Test
  void html_in_a_page_is_shown_as_text() throws Exception {
    write("a.md", "# A <script>alert(1)</script>\n\n[x](javascript:alert(1))\n\n<b>bold</b>");
    write("../B.md", "# B");

    assertThat(build("a.html")).doesNotContain("<script>", "javascript:", "<b>");
  }

  /// The site that this build has made of the documentation.
  @Test
  void every_page_of_the_documentation_is_there_with_all_that_it_links_to() {
    assertThat(DocsSite.pages())
        .extracting(DocsSite.PageLink::path)
        .startsWith("consumer-guide", "consumer", "page");
    for (DocsSite.PageLink page : DocsSite.pages()) {
      String html = new String(DocsSite.find(page.path()).orElseThrow().content(), UTF_8);
      assertThat(LINK.matcher(html).results().map(link -> link.group(1)))
          .as(page.path())
          .isNotEmpty()
          .allMatch(path -> DocsSite.find(path).isPresent());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "files.txt", "../DocsSite.class", "navigation", "consumer-guide.htm"})
  void other_files_are_not_found(String path) {
    assertThat(DocsSite.find(path)).isEmpty();
  }
}
