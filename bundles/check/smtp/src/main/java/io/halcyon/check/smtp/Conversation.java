package io.halcyon.check.smtp;

import io.halcyon.spi.check.CheckRun;
import io.halcyon.tls.TlsConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One visit to one server, from its greeting to its farewell. Owned by the selector's thread. */
final class Conversation implements CheckRun.Handler {

    /** What the server is to answer next. */
    private enum Stage {
        GREETING("the greeting", 220),
        EHLO("EHLO", 250),
        HELO("HELO", 250),
        STARTTLS("STARTTLS", 220),
        QUIT("QUIT", 221);

        final String words;
        final int expected;

        Stage(String words, int expected) {
            this.words = words;
            this.expected = expected;
        }
    }

    /**
     * How it ended.
     *
     * @param fault what went wrong, null if nothing did
     * @param facts what was learned of the server
     */
    record Finding(@Nullable String fault, String facts) {}

    private final CheckRun run;
    private final MailServer server;
    private final Consumer<Finding> whenOver;
    private final ReplyReader replies = new ReplyReader();
    private Consumer<CheckRun.Connection> upgrade = open -> {};
    private Stage stage = Stage.GREETING;
    private String facts = "";
    private boolean connected;
    private boolean encrypted;
    private boolean over;

    Conversation(CheckRun run, MailServer server, Consumer<Finding> whenOver) {
        this.run = run;
        this.server = server;
        this.whenOver = whenOver;
    }

    /** How TLS begins on a connection that is open; {@link #onConnected} is called again after that. */
    void upgradeBy(Consumer<CheckRun.Connection> startTls) {
        upgrade = startTls;
    }

    /** Called when the time for that is over. */
    void requireConnected(long afterMillis) {
        if (!connected) {
            end(null, "no connection within " + afterMillis + " ms");
        }
    }

    @Override
    public void onConnected(CheckRun.Connection connection) {
        connected = true;
        if (connection instanceof TlsConnection tls) {
            encrypted = true;
            learn(tls.session().getProtocol() + " " + tls.session().getCipherSuite());
        }
        if (stage == Stage.STARTTLS) {
            // RFC 3207 section 4.2: everything begins anew, but for the greeting.
            say(connection, Stage.EHLO, "EHLO " + server.heloName());
        }
    }

    @Override
    public void onData(CheckRun.Connection connection, ByteBuffer data) {
        try {
            for (var reply = replies.next(data); reply != null && !over; reply = replies.next(data)) {
                hear(connection, reply, data.hasRemaining());
            }
        } catch (IOException e) {
            end(connection, stage.words + ": " + e.getMessage());
        }
    }

    @Override
    public void onClosed(@Nullable IOException cause) {
        if (!connected) {
            end(null, "no connection: " + words(cause));
        } else if (stage == Stage.STARTTLS) {
            end(null, "STARTTLS: " + words(cause));
        } else if (cause == null) {
            end(null, "the connection was closed instead of " + missing());
        } else {
            end(null, "the connection broke instead of " + missing() + ": " + words(cause));
        }
    }

    private void hear(CheckRun.Connection connection, Reply reply, boolean more) {
        run.step(stage.name().toLowerCase(Locale.ROOT), reply.code() + " " + reply.text());
        if (stage == Stage.GREETING) {
            learn(reply.text());
        }
        if (reply.code() == stage.expected) {
            proceed(connection, reply, more);
        } else if (stage == Stage.EHLO && reply.isPermanentRefusal() && !server.wantsStartTls()) {
            // RFC 5321 section 3.2: a server may know HELO only.
            say(connection, Stage.HELO, "HELO " + server.heloName());
        } else {
            end(connection, stage.words + ": the answer is " + reply.code() + ", expected is " + stage.expected);
        }
    }

    private void proceed(CheckRun.Connection connection, Reply reply, boolean more) {
        switch (stage) {
            case GREETING -> say(connection, Stage.EHLO, "EHLO " + server.heloName());
            case EHLO -> greeted(connection, reply);
            case HELO -> say(connection, Stage.QUIT, "QUIT");
            case STARTTLS -> encrypt(connection, more);
            case QUIT -> end(connection, null);
        }
    }

    private void greeted(CheckRun.Connection connection, Reply reply) {
        if (encrypted || !server.wantsStartTls()) {
            say(connection, Stage.QUIT, "QUIT");
        } else if (reply.offers("STARTTLS")) {
            say(connection, Stage.STARTTLS, "STARTTLS");
        } else {
            end(connection, "STARTTLS: the server does not offer it");
        }
    }

    private void encrypt(CheckRun.Connection connection, boolean more) {
        if (more) {
            // Somebody on the way could have put it there; it must not count as said within TLS.
            end(connection, "STARTTLS: more than the answer came before TLS began");
        } else {
            upgrade.accept(connection);
        }
    }

    private void say(CheckRun.Connection connection, Stage next, String line) {
        stage = next;
        connection.write(ByteBuffer.wrap((line + "\r\n").getBytes(StandardCharsets.US_ASCII)));
    }

    private void learn(String fact) {
        facts = facts.isEmpty() ? fact : facts + ", " + fact;
    }

    private void end(CheckRun.@Nullable Connection connection, @Nullable String fault) {
        if (over) {
            return;
        }
        over = true;
        if (connection != null) {
            connection.close();
        }
        whenOver.accept(new Finding(fault, facts));
    }

    private String missing() {
        return stage == Stage.GREETING ? stage.words : "an answer to " + stage.words;
    }

    private static String words(@Nullable IOException cause) {
        if (cause == null) {
            return "closed by the server";
        }
        var message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
