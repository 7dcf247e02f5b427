package com.poolbrain.webhooks.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The pictures of README and `docs/`. Each page can be pictured, and its picture is there. With
/// `-Dpictures.write=true` the pictures are made anew.
class PicturesTest {

  private static final Path FOLDER = Path.of("../docs/pictures");
  private static final int MAX_BYTES = 200_000;

  @AutoClose private static final TestDatabase DATABASE = TestServer.EMBEDDED_18.createDatabase();

  @AutoClose
  private static final RunningService SERVICE =
      RunningService.start(
          RunningService.environmentOn(DATABASE.settings())
              .with("WEBHOOKS_RETRY_SCHEDULE", "5m,10m,30m"));

  @AutoClose private static final Browsers BROWSERS = new Browsers();

  @AutoClose
  private static final SampleCompany SAMPLE =
      SampleCompany.create(SERVICE, DATABASE.settings(), "retrying");

  /// A picture.
  enum Picture {
    ENDPOINTS(1280, 800, ColorScheme.LIGHT),
    ENDPOINT(1280, 900, ColorScheme.LIGHT),
    DELIVERIES(1280, 800, ColorScheme.DARK),
    DELIVERY(1280, 760, ColorScheme.LIGHT),
    PHONE(390, 844, ColorScheme.DARK);

    private final int width;
    private final int height;
    private final ColorScheme theme;

    Picture(int width, int height, ColorScheme theme) {
      this.width = width;
      this.height = height;
      this.theme = theme;
    }

    Path file() {
      return FOLDER.resolve(name().toLowerCase(Locale.ROOT) + ".png");
    }

    /// The path of its page below the first one.
    String page() {
      return switch (this) {
        case ENDPOINTS, PHONE -> "";
        case ENDPOINT -> "/endpoints/" + SAMPLE.healthy().id();
        case DELIVERIES -> "/deliveries";
        case DELIVERY -> "/deliveries/" + SampleCompany.deliveryTo(SAMPLE.failing());
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void page_is_pictured(Picture picture) throws IOException {
    var options =
        new Browser.NewContextOptions()
            .setViewportSize(picture.width, picture.height)
            .setColorScheme(picture.theme);
    try (PortalVisit visit = PortalVisit.open(BROWSERS, options, SAMPLE.company(), "manager")) {
      Page page = visit.page();
      page.navigate(SERVICE.url() + SAMPLE.company().path() + "/webhooks" + picture.page());
      byte[] taken = page.screenshot();
      if (Boolean.getBoolean("pictures.write")) {
        Files.createDirectories(FOLDER);
        Files.write(picture.file(), taken);
      }
      assertThat(sizeOf(taken)).isEqualTo(List.of(picture.width, picture.height));
      assertThat(picture.file())
          .as("make it by PicturesTest with -Dpictures.write=true")
          .isRegularFile();
      assertThat(Files.size(picture.file())).isLessThan(MAX_BYTES);
      assertThat(sizeOf(Files.readAllBytes(picture.file()))).isEqualTo(sizeOf(taken));
    }
  }

  private static List<Integer> sizeOf(byte[] png) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    return List.of(image.getWidth(), image.getHeight());
  }

  @Test
  void each_picture_is_made_here_and_shown_in_a_document() throws IOException {
    List<Path> pictures = Arrays.stream(Picture.values()).map(Picture::file).sorted().toList();
    assertThat(files(FOLDER)).isEqualTo(pictures);
    String readme = Files.readString(Path.of("../README.md"));
    assertThat(readme.indexOf("](docs/pictures/"))
        .as("README opens with a picture")
        .isBetween(0, 1_500);
    String documents = readme + Files.readString(Path.of("../docs/page.md"));
    for (Path picture : pictures) {
      assertThat(documents).contains("pictures/" + picture.getFileName());
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
