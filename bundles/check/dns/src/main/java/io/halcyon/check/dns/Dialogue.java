package io.halcyon.check.dns;

import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.CheckRun;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;

/** One question to a server and its answer. Owned by the selector's thread. */
final class Dialogue {

    private static final int MOST_SHOWN = 8;
    private static final int EXCERPT_CHARACTERS = 300;

    private final CheckRun run;
    private final DnsCheck.Plan plan;
    private final int id;
    private final String server;
    private @Nullable String ignored;
    private String protocol = "udp";
    private boolean asked;
    private long askedNanos;

    Dialogue(CheckRun run, DnsCheck.Plan plan, int id) {
        this.run = run;
        this.plan = plan;
        this.id = id;
        this.server = plan.server().toString();
    }

    void begin() {
        run.after(plan.waitMillis(), () -> run.complete(silence()));
        if (plan.protocol() == DnsCheck.Protocol.TCP) {
            askByTcp();
        } else {
            run.connectDatagram(plan.server().address(), new UdpDialogue(this));
        }
    }

    private void askByTcp() {
        protocol = "tcp";
        run.connect(plan.server().address(), new TcpDialogue(this));
    }

    /** The query; latency counts from the first one. */
    ByteBuffer query() {
        if (!asked) {
            asked = true;
            askedNanos = run.elapsedNanos();
        }
        run.step("request", protocol);
        return ByteBuffer.wrap(plan.question().query(id));
    }

    /** What came for it. */
    void heard(byte[] data) throws NoAnswer {
        var answer = plan.question().read(data, id);
        run.step("answer", Rcode.string(answer.getRcode()) + ", " + data.length + " octets");
        boolean isTruncated = answer.getHeader().getFlag(Flags.TC);
        if (isTruncated && protocol.equals("udp") && plan.protocol() == DnsCheck.Protocol.UDP_THEN_TCP) {
            askByTcp();
        } else {
            run.complete(judge(answer)
                    .withLatency(Duration.ofNanos(run.elapsedNanos() - askedNanos))
                    .withDetails(details(answer)));
        }
    }

    /** Something else came, which anybody may have sent. */
    void ignore(NoAnswer what) {
        ignored = what.words();
    }

    /** Nothing right will come any more. */
    void failed(String words) {
        run.complete(CheckResult.down(server + " " + words));
    }

    void broke(@Nullable IOException cause) {
        var message = cause == null ? null : cause.getMessage();
        failed("cannot be asked by " + protocol + ": " + (message == null ? "closed" : message));
    }

    private CheckResult silence() {
        return ignored == null
                ? CheckResult.down(server + " does not answer")
                : CheckResult.down(server + " does not answer; what came " + ignored);
    }

    private CheckResult judge(Message answer) {
        var fault = plan.expectation().faultOf(plan.question(), answer);
        if (fault != null) {
            return CheckResult.down("the answer of " + server + " for " + plan.question() + " " + fault);
        }
        double limit = plan.latencyMaxSeconds();
        if (limit > 0 && run.elapsedNanos() - askedNanos > Math.round(limit * 1e9)) {
            return CheckResult.degraded(server + " answers, but slower than latency.max = "
                    + BigDecimal.valueOf(limit).stripTrailingZeros().toPlainString() + " s");
        }
        return CheckResult.up(server + " answers " + plan.question());
    }

    private Map<String, String> details(Message answer) {
        var records = Expectation.records(plan.question(), answer);
        var details = new TreeMap<String, String>();
        details.put("protocol", protocol);
        details.put("rcode", Rcode.string(answer.getRcode()));
        details.put("answers", Integer.toString(records.size()));
        if (!records.isEmpty()) {
            details.put(
                    "data",
                    records.stream().limit(MOST_SHOWN).map(Dialogue::excerpt).collect(Collectors.joining(", ")));
        }
        return details;
    }

    private static String excerpt(Record record) {
        var text = record.rdataToString().replaceAll("[^ -~]", ".");
        return text.substring(0, Math.min(text.length(), EXCERPT_CHARACTERS));
    }
}
