package io.halcyon.check.smtp;

import io.halcyon.spi.check.AsynchronousCheck;
import io.halcyon.spi.check.CheckRun;
import java.util.List;

/** Visits mail servers in turn; all of them have to answer as mail servers do. Immutable. */
final class SmtpCheck implements AsynchronousCheck {

    private final List<MailServer> servers;

    SmtpCheck(List<MailServer> servers) {
        this.servers = List.copyOf(servers);
    }

    @Override
    public void look(CheckRun run) {
        new Round(run, servers).visitNext();
    }
}
