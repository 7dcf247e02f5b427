package com.poolbrain.webhooks.e2e.library;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.poolbrain.webhooks.events.Envelope;
import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Signer;
import com.poolbrain.webhooks.testkit.endpoint.ClosedPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The libraries as a project gets them that has nothing but a Maven repository.
@Tag("needs-programs")
@Timeout(300)
class PublishedLibrariesTest {

  private static final Path PROJECT = Path.of("..");
  private static final String SECRET = "whsec_for_the_quickstart";
  private static final byte[] BODY =
      Envelope.write(
          UUID.randomUUID(),
          "customer.created",
          40,
          Instant.parse("2026-02-13T06:42:24.705Z"),
          "{\"customerId\":1001,\"displayName\":\"John Doe\"}".getBytes(UTF_8));
  private static final int MAX_QUICKSTART_LINES = 15;
  private static final Pattern PUBLISHED =
      Pattern.compile("<maven.deploy.skip>false</maven.deploy.skip>");
  private static final Pattern ARTIFACT =
      Pattern.compile("<artifactId>poolbrain-webhooks-([a-z-]+)</artifactId><version>");

  @TempDir private static Path folder;
  @AutoClose private static InstalledLibraries libraries;

  @BeforeAll
  static void install() throws IOException {
    libraries = InstalledLibraries.in(folder.resolve("repository"));
  }

  @Test
  void consumer_quickstart_of_the_readme_works_in_an_empty_project() throws Exception {
    String readme = Files.readString(PROJECT.resolve("README.md"));
    String program = codeBlock(readme, "java");
    assertThat(program.lines().filter(line -> !line.isBlank()).count())
        .isLessThanOrEqualTo(MAX_QUICKSTART_LINES);
    Path project = createProject(codeBlock(readme, "xml"));
    try (ClosedPort port = ClosedPort.reserve()) {
      Path sources = Files.createDirectories(project.resolve("src/main/java"));
      Files.writeString(
          sources.resolve("Consumer.java"), program.replace("8080", Integer.toString(port.port())));
      libraries.maven(
          project,
          "compiler:compile",
          "dependency:build-classpath",
          "-Dmdep.outputFile=class-path",
          "-Dmdep.includeScope=runtime");

      String classPath = Files.readString(project.resolve("class-path"));
      String classes = project.resolve("target/classes").toString();
      assertReceives(port, "-cp", classes + ":" + classPath, "Consumer");
      // The libraries as modules.
      assertReceives(
          port,
          "--module-path",
          classPath,
          "--add-modules",
          "com.poolbrain.webhooks.consumer,jdk.httpserver",
          "-cp",
          classes,
          "Consumer");
    }
  }

  @Test
  void each_library_has_sources_documentation_and_reproducible_jars() throws IOException {
    for (String library : InstalledLibraries.LIBRARIES) {
      String file = InstalledLibraries.artifactId(library) + "-" + InstalledLibraries.VERSION;
      Path target = PROJECT.resolve(library).resolve("target");
      assertThat(timesIn(target.resolve(file + ".jar"))).as(library).hasSize(1);
      assertThat(timesIn(target.resolve(file + "-sources.jar"))).as(library).hasSize(1);
      assertThat(timesIn(target.resolve(file + "-javadoc.jar"))).as(library).hasSize(1);
    }
  }

  @Test
  void bom_and_this_test_have_every_published_module() throws IOException {
    List<String> published;
    try (Stream<Path> modules = Files.list(PROJECT)) {
      published =
          modules
              .filter(module -> contains(module.resolve("pom.xml"), PUBLISHED))
              .map(module -> module.getFileName().toString())
              .toList();
    }
    assertThat(published).containsExactlyInAnyOrderElementsOf(InstalledLibraries.LIBRARIES);
    String bom = Files.readString(PROJECT.resolve("bom/pom.xml"));
    assertThat(ARTIFACT.matcher(bom).results().map(match -> match.group(1)))
        .containsExactlyInAnyOrderElementsOf(published);
  }

  /// Starts the program and sends it webhooks until it acknowledges one.
  private static void assertReceives(ClosedPort port, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("POOLBRAIN_WEBHOOK_SECRET", SECRET);
    Process consumer = builder.start();
    try (var output = consumer.inputReader(UTF_8)) {
      URI url = URI.create("http://localhost:" + port.port() + "/webhooks");
      String signature = new Signer(Secret.parse(SECRET)).sign(BODY);
      await()
          .atMost(Duration.ofMinutes(1))
          .ignoreException(ConnectException.class)
          .until(() -> !consumer.isAlive() || send(url, signature) == 200);
      assertThat(send(url, "0".repeat(signature.length()))).isEqualTo(401);
      assertThat(output.readLine()).startsWith("CustomerCreated[");
    } finally {
      consumer.destroy();
      consumer.waitFor();
    }
  }

  private static int send(URI url, String signature) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header(Signer.SIGNATURE_HEADER, signature)
            .POST(BodyPublishers.ofByteArray(BODY))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  private static Path createProject(String dependencies) throws IOException {
    Path project = Files.createDirectory(folder.resolve("project"));
    Files.writeString(
        project.resolve("pom.xml"),
        """
        <project>
          <modelVersion>4.0.0</modelVersion>
          <groupId>com.example</groupId>
          <artifactId>empty</artifactId>
          <version>1</version>
          <properties><maven.compiler.release>17</maven.compiler.release></properties>
          %s
          <build>
            <plugins>
              <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.16.0</version></plugin>
              <plugin><artifactId>maven-dependency-plugin</artifactId><version>3.11.0</version></plugin>
            </plugins>
          </build>
        </project>
        """
            .formatted(dependencies));
    return project;
  }

  /// The first block of a language in a document.
  private static String codeBlock(String document, String language) {
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(document);
    assertThat(block.find()).as("a block of " + language).isTrue();
    return block.group(1);
  }

  private static boolean contains(Path file, Pattern pattern) {
    try {
      return Files.isRegularFile(file) && pattern.matcher(Files.readString(file)).find();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<FileTime> timesIn(Path jar) throws IOException {
    assertThat(jar).as("run ./webhooks test --all, which makes it").isRegularFile();
    try (var file = new JarFile(jar.toFile())) {
      return file.stream().map(ZipEntry::getLastModifiedTime).distinct().toList();
    }
  }
}
