package io.halcyon.notify.smtp;

import io.halcyon.spi.notify.DeliveryException;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** Sends mails through one server, each over a connection of its own. One thread owns it. */
final class Mailer {

    private static final URLName PROTOCOL = new URLName("smtp", null, -1, null, null, null);

    private final Account account;
    private final boolean html;
    private final Circulation circulation = new Circulation();

    /**
     * @param html whether there is an HTML part beside the text
     */
    Mailer(Account account, boolean html) {
        this.account = account;
        this.html = html;
    }

    void send(Letter letter) throws DeliveryException, InterruptedException {
        try {
            var session = Session.getInstance(properties());
            var message = new EventMessage(session, account, letter, html);
            // Not looked up by name: the session's own way would go through service files and the context class loader.
            var transport = new SMTPTransport(session, PROTOCOL);
            try {
                connect(transport);
                transmit(transport, message, letter.id());
            } finally {
                quit(transport);
            }
        } catch (MessagingException | IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException(e.toString());
            }
            // Connecting, TLS and login say nothing about this mail: once they work, it will go.
            throw failure(Refusal.words(e), true);
        }
    }

    private void connect(SMTPTransport transport) throws MessagingException {
        var login = account.login();
        if (login == null) {
            transport.connect(account.server(), account.port(), null, null);
        } else {
            transport.connect(account.server(), account.port(), login.user(), login.password());
        }
    }

    private void transmit(SMTPTransport transport, EventMessage message, String id)
            throws MessagingException, DeliveryException {
        try {
            var due = circulation.due(id, everybody());
            transport.sendMessage(message, due.toArray(Address[]::new));
        } catch (SendFailedException e) {
            var refusal = Refusal.of(e);
            var said = new LinkedHashSet<>(circulation.refusedBefore(id));
            said.add(Refusal.words(e));
            circulation.interrupted(id, refusal);
            throw failure(String.join("; ", said), refusal.temporary());
        }
        var refused = circulation.through(id);
        if (!refused.isEmpty()) {
            throw failure(refused, false);
        }
    }

    private List<Address> everybody() throws MessagingException {
        var all = new ArrayList<Address>();
        for (var recipient : account.recipients()) {
            all.add(new InternetAddress(recipient));
        }
        return all;
    }

    /** The mail is with the server by now, or it is not; how we part changes nothing about that. */
    private static void quit(SMTPTransport transport) {
        try {
            transport.close();
        } catch (MessagingException ignored) {
            // Said above.
        }
    }

    private Properties properties() throws IOException {
        var millis = String.valueOf(account.timeoutMillis());
        var properties = new Properties();
        properties.setProperty("mail.smtp.localhost", account.heloName());
        properties.setProperty("mail.smtp.connectiontimeout", millis);
        properties.setProperty("mail.smtp.timeout", millis);
        properties.setProperty("mail.smtp.writetimeout", millis);
        properties.setProperty("mail.smtp.sendpartial", "true");
        properties.setProperty("mail.smtp.auth", String.valueOf(account.login() != null));
        properties.setProperty("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
        boolean starttls = account.tls() == Tls.STARTTLS;
        properties.setProperty("mail.smtp.starttls.enable", String.valueOf(starttls));
        properties.setProperty("mail.smtp.starttls.required", String.valueOf(starttls));
        properties.setProperty("mail.smtp.ssl.enable", String.valueOf(account.tls() == Tls.SMTPS));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        // On: who is not trusted by our own certificates would be asked again with the JDK's.
        properties.setProperty("mail.smtp.socketFactory.fallback", "false");
        var caFile = account.caFile();
        if (caFile != null) {
            // An object, not a name: names would be looked up with the context class loader.
            properties.put("mail.smtp.ssl.socketFactory", PrivateCa.sockets(caFile));
        }
        return properties;
    }

    private DeliveryException failure(String words, boolean worthRetrying) {
        var said = account.place() + ": " + words;
        var login = account.login();
        var text = login == null ? said : login.censor(said);
        // Without the cause: its text is the server's, and what the server repeats may be the password.
        return new DeliveryException(Objects.requireNonNull(text), null, worthRetrying);
    }
}
