package io.halcyon.notify.smtp;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.halcyon.spi.notify.NotifierFactory;
import io.halcyon.testkit.NotifierContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract, against GreenMail without TLS. */
class SmtpContractTest extends NotifierContract<SmtpKeys> {

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Override
    protected NotifierFactory<SmtpKeys> factory() {
        return new SmtpNotifierFactory();
    }

    @Override
    protected Map<String, Object> reaching() {
        return keys(server.getSmtp().getPort());
    }

    @Override
    protected Map<String, Object> unreachable() throws IOException {
        try (var gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return keys(gone.getLocalPort());
        }
    }

    @Override
    protected Map<String, Object> senseless() {
        return Map.of("notification.email", new String[] {"nobody at all"});
    }

    @Override
    protected List<String> received() {
        return Arrays.stream(server.getReceivedMessages())
                .map(mail -> Reading.subject(mail) + "\n" + Reading.text(mail))
                .toList();
    }

    private static Map<String, Object> keys(int port) {
        return Map.of(
                "notification.email",
                new String[] {"ops@example.org"},
                "notification.email.from",
                "halcyon@example.org",
                "smtp.port",
                port);
    }
}
