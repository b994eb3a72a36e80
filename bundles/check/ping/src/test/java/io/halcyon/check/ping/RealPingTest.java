package io.halcyon.check.ping;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.linux.socket.EchoSocket.Family;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.testkit.Command;
import io.halcyon.testkit.InNetworkNamespace;
import io.halcyon.testkit.Ipv6Address;
import io.halcyon.testkit.Keys;
import io.halcyon.testkit.Look;
import io.halcyon.testkit.TwoHosts;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernel at the other end of a cable answers. */
@InNetworkNamespace
@Timeout(60)
class RealPingTest {

    private static final String HOST = "10.0.0.2";
    private static final String HOST_V6 = "2001:db8::2";

    private final PingCheckFactory factory = new PingCheckFactory();
    private TwoHosts hosts;

    @BeforeEach
    void plugIn() throws Exception {
        hosts = new TwoHosts();
        // Link-local ones too: those that the kernel makes are on trial for seconds, and without one there is no
        // neighbour.
        for (var network : List.of("2001:db8::", "fe80::")) {
            Ipv6Address.add(network + "1/64", "hcl");
            hosts.onRight(() -> Ipv6Address.add(network + "2/64", "hcr"));
        }
    }

    @AfterEach
    void unplug() {
        hosts.close();
        assertThat(pingThreads()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {HOST, HOST_V6})
    void aHostThatAnswersIsUp(String host) throws Exception {
        var result = look("connect.ip", host, "count", 3, "echo.interval", 0.01);

        assertThat(result.reason()).isEqualTo(host + " answers");
        assertThat(result.health()).isEqualTo(Health.UP);
        assertThat(result.latency()).isPositive();
        assertThat(result.details()).containsEntry("received", "3").containsKeys("rtt.min", "rtt.avg", "rtt.max");
    }

    @ParameterizedTest
    @ValueSource(strings = {HOST, HOST_V6})
    void largeRequestsAreFragmentedAndComeBackWhole(String host) throws Exception {
        var result = look("connect.ip", host, "size", 20_000);

        assertThat(result.reason()).isEqualTo(host + " answers");
    }

    @Test
    void aNameIsLookedUp() throws Exception {
        assertThat(look("connect.ip", "localhost").reason()).isEqualTo("localhost answers");
        assertThat(look("connect.ip", "no.such.host.invalid").reason()).isEqualTo("unknown host no.such.host.invalid");
    }

    @Test
    void aLinkLocalHostIsAskedByItsInterface() throws Exception {
        assertThat(look("connect.ip", "fe80::2%hcl").health()).isEqualTo(Health.UP);
        assertThat(look("connect.ip", "fe80::2", "bind.if", "hcl").health()).isEqualTo(Health.UP);
        assertThat(look("connect.ip", "fe80::2", "bind.if", "lo").health()).isEqualTo(Health.DOWN);
    }

    @Test
    void aHostThatIgnoresEchoesIsDownAfterTheWait() throws Exception {
        ignoreEchoes();

        var result = look("connect.ip", HOST, "reply.wait", 0.1);

        assertThat(result.health()).isEqualTo(Health.DOWN);
        assertThat(result.reason()).isEqualTo(HOST + " does not answer");
    }

    @Test
    void aRouterThatCannotDeliverIsQuotedAtOnce() throws Exception {
        Command.line("ip route add 192.0.2.0/24 via " + HOST);
        Command.line("ip route add 2001:db8:1::/64 via " + HOST_V6);
        hosts.onRight(() -> {
            Files.writeString(Path.of("/proc/sys/net/ipv4/ip_forward"), "1");
            Files.writeString(Path.of("/proc/sys/net/ipv6/conf/all/forwarding"), "1");
            Command.line("ip route add unreachable 192.0.2.0/24");
            return Command.line("ip route add unreachable 2001:db8:1::/64");
        });

        var four = look("connect.ip", "192.0.2.1", "reply.wait", 60.0);
        var six = look("connect.ip", "2001:db8:1::1", "reply.wait", 60.0);

        assertThat(four.reason()).isEqualTo("192.0.2.1 cannot be reached: host unreachable");
        assertThat(four.health()).isEqualTo(Health.DOWN);
        assertThat(six.reason()).startsWith("2001:db8:1::1 cannot be reached: ");
        assertThat(six.health()).isEqualTo(Health.DOWN);
    }

    @Test
    void withoutARouteOrAnInterfaceItIsDownAtOnce() throws Exception {
        assertThat(look("connect.ip", "192.0.2.1").reason()).startsWith("send to 192.0.2.1: ENETUNREACH");
        var gone = look("connect.ip", HOST, "bind.if", "eth99");
        assertThat(gone.health()).isEqualTo(Health.DOWN);
        assertThat(gone.reason()).startsWith("interface eth99: ENODEV");
    }

    @Test
    void theSourceAndTheInterfaceAreWhatIsAskedFor() throws Exception {
        Command.line("ip addr add 10.0.0.77/32 dev lo");
        Ipv6Address.add("2001:db8::77/128", "lo");
        hosts.onRight(() -> {
            Command.line("ip route add 2001:db8::77/128 via 2001:db8::1");
            return Command.line("ip route add 10.0.0.77/32 via 10.0.0.1");
        });
        try (var tap = hosts.onRight(() -> EchoTap.open(Family.IPV4));
                var tapV6 = hosts.onRight(() -> EchoTap.open(Family.IPV6))) {
            assertThat(look("connect.ip", HOST, "bindto", "10.0.0.77", "bind.if", "hcl")
                            .health())
                    .isEqualTo(Health.UP);
            assertThat(tap.nextSource()).isEqualTo("10.0.0.77");
            assertThat(look("connect.ip", HOST_V6, "bindto", "2001:db8::77").reason())
                    .isEqualTo(HOST_V6 + " answers");
            assertThat(tapV6.nextSource()).isEqualTo("2001:db8:0:0:0:0:0:77");
        }
        // By loopback nobody is reached, whatever the routes say.
        assertThat(look("connect.ip", HOST, "bind.if", "lo", "reply.wait", 0.1).health())
                .isEqualTo(Health.DOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {HOST + " 10.0.0.99", HOST_V6 + " 2001:db8::99"})
    void aSourceThatIsNotHereSaysNothingAboutTheHost(String words) throws Exception {
        var host = words.split(" ", -1)[0];
        var source = words.split(" ", -1)[1];

        var result = look("connect.ip", host, "bindto", source);

        assertThat(result.health()).isEqualTo(Health.UNKNOWN);
        assertThat(result.reason()).startsWith("bindto = ").endsWith(" is no address of this machine");
    }

    @Test
    void lossAboveTheLimitIsDegradedAndTooFewRepliesAreDown() throws Exception {
        loseEverySecondEcho();
        Object[] half = {"connect.ip", HOST, "count", 10, "echo.interval", 0.001, "reply.wait", 0.3};

        var degraded = look(with(half, "loss.max", 40.0));
        assertThat(degraded.reason())
                .isEqualTo(HOST + " answers, but more requests are lost than loss.max = 40 percent");
        assertThat(degraded.health()).isEqualTo(Health.DEGRADED);
        assertThat(degraded.details()).containsEntry("sent", "10").containsEntry("received", "5");

        assertThat(look(with(half, "loss.max", 50.0)).health()).isEqualTo(Health.UP);

        var down = look(with(half, "replies.min", 6));
        assertThat(down.reason()).isEqualTo(HOST + " answers fewer requests than replies.min = 6");
        assertThat(down.health()).isEqualTo(Health.DOWN);
    }

    @Test
    void slowRoundTripsAreDegraded() throws Exception {
        ignoreEchoes();
        try (var tap = hosts.onRight(() -> EchoTap.open(Family.IPV4))) {
            tap.answer(4, EchoTap.late(30_000_000));

            var slow = look("connect.ip", HOST, "rtt.max", 0.02);
            assertThat(slow.reason()).isEqualTo(HOST + " answers, but slower than rtt.max = 0.02 s");
            assertThat(slow.health()).isEqualTo(Health.DEGRADED);

            assertThat(look("connect.ip", HOST, "rtt.avg.max", 0.02).reason())
                    .isEqualTo(HOST + " answers, but on average slower than rtt.avg.max = 0.02 s");
            assertThat(look("connect.ip", HOST, "rtt.max", 20.0, "reply.wait", 20.0)
                            .health())
                    .isEqualTo(Health.UP);
            assertThat(look("connect.ip", HOST, "reply.wait", 0.01).reason()).isEqualTo(HOST + " does not answer");
        }
    }

    @Test
    void forgedAnswersAreNotTaken() throws Exception {
        ignoreEchoes();
        hosts.onRight(() -> Command.line("ip addr add 10.0.0.99/24 dev hcr"));
        try (var tap = hosts.onRight(() -> EchoTap.open(Family.IPV4))) {
            var forger = tap.answer(3, EchoTap.forged(InetAddress.getByName("10.0.0.99")));

            var result = look("connect.ip", HOST, "count", 3, "echo.interval", 0.05, "reply.wait", 1.0);

            forger.join();
            assertThat(tap.answered()).isEqualTo(3);
            assertThat(result.reason()).isEqualTo(HOST + " does not answer");
            assertThat(result.details()).doesNotContainKey("refusal");
        }
    }

    @Test
    void aThousandPingsShareOneThreadWhichGoesWithTheLast() throws Exception {
        var checks = new ArrayList<PingCheck>();
        var results = new ArrayList<RecordedRun>();
        for (int i = 0; i < 1_000; i++) {
            var check = check("connect.ip", i % 2 == 0 ? HOST : "127.0.0.1", "reply.wait", 30.0);
            var run = new RecordedRun();
            checks.add(check);
            results.add(run);
            check.look(run);
        }

        for (var run : results) {
            assertThat(run.await().health()).isEqualTo(Health.UP);
        }
        assertThat(pingThreads()).containsExactly("check-ping-4");
        checks.subList(1, 1_000).forEach(PingCheck::close);
        assertThat(pingThreads()).containsExactly("check-ping-4");
        checks.get(0).close();
        assertThat(pingThreads()).isEmpty();
    }

    @Test
    void aRunThatTheEngineGaveUpLeavesNothingBehind() throws Exception {
        ignoreEchoes();
        var check = check("connect.ip", HOST, "reply.wait", 60.0);
        var first = new RecordedRun();
        check.look(first);
        var second = new RecordedRun();
        check.look(second);
        hosts.onRight(() -> Files.writeString(Path.of("/proc/sys/net/ipv4/icmp_echo_ignore_all"), "0"));
        var third = new RecordedRun();
        check.look(third);

        assertThat(third.await().health()).isEqualTo(Health.UP);
        assertThat(first.isOver()).isFalse();
        check.close();
    }

    private void ignoreEchoes() throws Exception {
        hosts.onRight(() -> Files.writeString(Path.of("/proc/sys/net/ipv4/icmp_echo_ignore_all"), "1"));
    }

    /** Exactly every second one: netem would lose at random. */
    private void loseEverySecondEcho() throws Exception {
        hosts.onRight(() -> {
            Command.run(
                    "nft",
                    "table ip lossy { chain in { type filter hook input priority 0; icmp type echo-request numgen inc mod 2 0 drop; }; }");
            return true;
        });
    }

    private static Object[] with(Object[] keysAndValues, Object... more) {
        var all = new ArrayList<>(List.of(keysAndValues));
        all.addAll(List.of(more));
        return all.toArray();
    }

    private static List<String> pingThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.matches("check-ping-\\d"))
                .toList();
    }

    private CheckResult look(Object... keysAndValues) throws Exception {
        var check = check(keysAndValues);
        try {
            return Look.at(check, 20_000);
        } finally {
            check.close();
        }
    }

    private PingCheck check(Object... keysAndValues) {
        Map<String, Object> keys = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return (PingCheck) factory.create("t", Keys.of(PingKeys.class, keys));
    }
}
