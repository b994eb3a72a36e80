package io.halcyon.check.dns;

import static io.halcyon.spi.keys.KeyValue.named;
import static io.halcyon.spi.keys.KeyValue.refused;

import io.halcyon.settings.Endpoint;
import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.spi.check.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Makes checks of the type {@code dns}. */
@Component(service = HealthCheckFactory.class)
public final class DnsCheckFactory implements HealthCheckFactory<DnsKeys> {

    @Override
    public String type() {
        return "dns";
    }

    @Override
    public Class<DnsKeys> parameters() {
        return DnsKeys.class;
    }

    @Override
    public HealthCheck create(String name, DnsKeys keys) {
        var server = named("connect.ip", keys.connect_ip(), () -> Endpoint.of(keys.connect_ip(), keys.connect_port()));
        var question = new Question(
                named("name", keys.name(), () -> Question.name(keys.name())),
                named("query.type", keys.query_type(), () -> Question.type(keys.query_type())),
                named("query.class", keys.query_class(), () -> Question.dclass(keys.query_class())),
                keys.recursion());
        var plan = new DnsCheck.Plan(
                server,
                protocol(keys),
                question,
                expectation(question, keys),
                Math.max(1, Math.round(keys.reply_wait() * 1e3)),
                keys.latency_max());
        var source = Source.of(keys.bindto(), keys.bind_port(), keys.bind_if(), keys.fwmark());
        return new DnsCheck(plan).from(source.to(server.address()));
    }

    private static DnsCheck.Protocol protocol(DnsKeys keys) {
        if (keys.protocol().equals("tcp")) {
            return DnsCheck.Protocol.TCP;
        }
        return keys.tcp_fallback() ? DnsCheck.Protocol.UDP_THEN_TCP : DnsCheck.Protocol.UDP;
    }

    private static Expectation expectation(Question question, DnsKeys keys) {
        var rcodes = named("rcode", Arrays.toString(keys.rcode()), () -> rcodes(keys.rcode()));
        List<ExpectedData> data = new ArrayList<>();
        for (var text : keys.answers()) {
            if (question.type() == Type.ANY) {
                throw refused("answers", text, "nothing, since query.type is ANY");
            }
            data.add(named("answers", text, () -> ExpectedData.of(question, text)));
        }
        if (!data.isEmpty() && !rcodes.contains(Rcode.NOERROR)) {
            throw refused("answers", Arrays.toString(keys.answers()), "nothing, since rcode lacks NOERROR");
        }
        return new Expectation(
                rcodes,
                keys.authoritative(),
                keys.answers_min(),
                List.copyOf(data),
                Expectation.Match.valueOf(keys.answers_match().toUpperCase(Locale.ROOT)));
    }

    private static Set<Integer> rcodes(String[] names) {
        Set<Integer> rcodes = new HashSet<>();
        for (var name : names) {
            int rcode = Rcode.value(name.toUpperCase(Locale.ROOT));
            if (rcode < 0) {
                throw new IllegalArgumentException("response codes, such as NOERROR, NXDOMAIN or REFUSED");
            }
            rcodes.add(rcode);
        }
        if (rcodes.isEmpty()) {
            throw new IllegalArgumentException("at least one response code");
        }
        return Set.copyOf(rcodes);
    }
}
