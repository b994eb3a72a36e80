package io.halcyon.notify.smtp;

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

/** One letter as a MIME message. The same letter makes the same message again, byte for byte. */
final class EventMessage extends MimeMessage {

    private static final String UTF_8 = "UTF-8";

    private final String id;

    EventMessage(Session session, Account account, Letter letter, boolean html) throws MessagingException, IOException {
        super(session);
        id = letter.id();
        setFrom(new InternetAddress(account.sender()));
        for (var recipient : account.recipients()) {
            addRecipient(Message.RecipientType.TO, new InternetAddress(recipient));
        }
        setSubject(letter.subject(), UTF_8);
        setSentDate(Date.from(letter.at()));
        setHeader("X-Mailer", "Halcyon");
        setHeader("Auto-Submitted", "auto-generated");
        setDataHandler(html ? new TwoForms(letter).handler() : text("plain", PlainForm.of(letter)));
        saveChanges();
    }

    /** Bytes and not text: text would be encoded by a handler that has to be found first, in the platform's charset. */
    static DataHandler text(String subtype, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return new DataHandler(new ByteArrayDataSource(bytes, "text/" + subtype + "; charset=UTF-8"));
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", id);
    }
}
