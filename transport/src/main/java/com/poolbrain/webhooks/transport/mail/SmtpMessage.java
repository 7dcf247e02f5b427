package com.poolbrain.webhooks.transport.mail;

import com.poolbrain.webhooks.engine.mail.Mail;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The message of a mail, which knows whether its content is under way to the server.
final class SmtpMessage extends MimeMessage {

  private static final String SENDER_NAME = "Pool Brain Webhooks";

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final String messageId;
  private boolean isUnderWay;

  private SmtpMessage(Session session, String messageId) {
    super(session);
    this.messageId = messageId;
  }

  static SmtpMessage of(Session session, Mail mail, String from, Instant now)
      throws MessagingException {
    var message = new SmtpMessage(session, "<" + mail.id() + "@" + SmtpServer.domain(from) + ">");
    message.setFrom(sender(from));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(mail.address()));
    message.setSubject(mail.subject(), "UTF-8");
    message.setHeader("Date", DATE.format(now));
    message.setHeader("List-Unsubscribe", "<" + mail.unsubscribeUrl().toASCIIString() + ">");
    message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    message.setHeader("Auto-Submitted", "auto-generated");
    var content = new MimeMultipart("alternative");
    content.addBodyPart(part(mail.text(), "plain"));
    content.addBodyPart(part(mail.html(), "html"));
    message.setContent(content);
    return message;
  }

  private static InternetAddress sender(String from) throws MessagingException {
    var sender = new InternetAddress(from);
    try {
      sender.setPersonal(SENDER_NAME, "UTF-8");
    } catch (UnsupportedEncodingException impossible) {
      throw new IllegalStateException("every JDK has UTF-8", impossible);
    }
    return sender;
  }

  private static MimeBodyPart part(String text, String subtype) throws MessagingException {
    var part = new MimeBodyPart();
    part.setText(text, "UTF-8", subtype);
    return part;
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", messageId);
  }

  @Override
  public void writeTo(OutputStream out, String @Nullable [] ignoredHeaders)
      throws IOException, MessagingException {
    isUnderWay = true;
    super.writeTo(out, ignoredHeaders);
  }

  /// Whether the server asked for the content and may have got it.
  boolean isUnderWay() {
    return isUnderWay;
  }
}
