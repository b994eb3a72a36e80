package io.halcyon.notify.smtp;

import io.halcyon.api.event.EventRecord;
import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;

/** One event as a MIME message. The same event makes the same message again, byte for byte. */
final class EventMessage extends MimeMessage {

    private static final String UTF_8 = "UTF-8";

    private final String id;

    EventMessage(Session session, Account account, EventRecord event) throws MessagingException, IOException {
        super(session);
        var letter = Letter.about(event);
        id = letter.id();
        setFrom(new InternetAddress(account.sender()));
        for (var recipient : account.recipients()) {
            addRecipient(Message.RecipientType.TO, new InternetAddress(recipient));
        }
        setSubject(letter.subject(), UTF_8);
        setSentDate(Date.from(event.at()));
        setHeader("X-Mailer", "Halcyon");
        setHeader("Auto-Submitted", "auto-generated");
        // Bytes and not text: text would be encoded by a handler that has to be found first, in the platform's charset.
        var body = new ByteArrayDataSource(letter.body().getBytes(StandardCharsets.UTF_8), "text/plain; charset=UTF-8");
        setDataHandler(new DataHandler(body));
        saveChanges();
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", id);
    }
}
