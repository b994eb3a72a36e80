package io.halcyon.notify.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** A real mail server on the loopback interface that takes what it is told to take. */
public final class Receiver implements AutoCloseable {

    /** Says no to a recipient or to a message. */
    public interface Judge {
        void judge(String what) throws RejectException;
    }

    /**
     * A mail that came.
     *
     * @param recipients whom the envelope named
     */
    public record Received(List<String> recipients, MimeMessage mail, String raw) {}

    public final List<Received> received = new CopyOnWriteArrayList<>();
    public volatile Judge recipients = address -> {};
    public final BlockingQueue<String> subjects = new LinkedBlockingQueue<>();
    volatile Judge contents = text -> {};

    private final SMTPServer server;

    public Receiver(int port, UnaryOperator<SMTPServer.Builder> options) {
        server = options.apply(new SMTPServer.Builder()
                        .bindAddress(InetAddress.getLoopbackAddress())
                        .port(port)
                        .insertReceivedHeaders(false)
                        .messageHandlerFactory(context -> new Handler()))
                .build();
        server.start();
    }

    public static UnaryOperator<SMTPServer.Builder> plain() {
        return builder -> builder;
    }

    static EasyAuthenticationHandlerFactory login(String user, String password) {
        return new EasyAuthenticationHandlerFactory((name, secret, context) -> {
            if (!name.equals(user) || !secret.equals(password)) {
                // A talkative server.
                throw new LoginFailedException("no login for " + name + " with " + secret);
            }
        });
    }

    public int port() {
        return server.getPortAllocated();
    }

    List<MimeMessage> mails() {
        return received.stream().map(Received::mail).toList();
    }

    @Override
    public void close() {
        server.stop();
    }

    private final class Handler implements MessageHandler {

        private final List<String> taken = new CopyOnWriteArrayList<>();

        @Override
        public void from(String from) {}

        @Override
        public void recipient(String recipient) throws RejectException {
            recipients.judge(recipient);
            taken.add(recipient);
        }

        @Override
        public String data(InputStream data) throws RejectException, IOException {
            var raw = new String(data.readAllBytes(), StandardCharsets.UTF_8);
            contents.judge(raw);
            try {
                var bytes = new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8));
                var mail = new MimeMessage(Session.getInstance(new Properties()), bytes);
                received.add(new Received(taken, mail, raw));
                subjects.add(Reading.subject(mail));
            } catch (MessagingException e) {
                throw new RejectException(554, e.toString());
            }
            return null;
        }

        @Override
        public void done() {}
    }
}
