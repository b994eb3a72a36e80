package io.halcyon.check.dns;

import io.halcyon.settings.Endpoint;
import io.halcyon.spi.check.AsynchronousCheck;
import io.halcyon.spi.check.CheckRun;
import java.security.SecureRandom;

/** Asks a DNS server one question and judges its answer. Immutable. */
final class DnsCheck implements AsynchronousCheck {

    /** By which protocol it is asked. */
    enum Protocol {
        UDP_THEN_TCP,
        UDP,
        TCP
    }

    /**
     * What is the same at every look.
     *
     * @param waitMillis for the answer, whatever it takes
     * @param latencyMaxSeconds DEGRADED above, 0 for no limit
     */
    record Plan(
            Endpoint server,
            Protocol protocol,
            Question question,
            Expectation expectation,
            long waitMillis,
            double latencyMaxSeconds) {}

    private static final int IDENTIFIERS = 1 << 16;

    private final Plan plan;
    private final SecureRandom random = new SecureRandom();

    DnsCheck(Plan plan) {
        this.plan = plan;
    }

    @Override
    public void look(CheckRun run) {
        var dialogue = new Dialogue(run, plan, random.nextInt(IDENTIFIERS));
        dialogue.begin();
    }
}
