import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/// Spring Boot application of the snippet.
@EnableAutoConfiguration
public class SpringMain {

  public static void main(String[] arguments) {
    SpringApplication.run(new Class<?>[] {SpringMain.class, WebhookController.class}, arguments);
  }
}
