package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.linux.socket.ChannelOptions;
import io.halcyon.spi.check.AsynchronousCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.CheckRun;
import io.halcyon.spi.check.Source;
import io.halcyon.spi.host.SocketOptions;
import io.halcyon.testkit.Command;
import io.halcyon.testkit.InNetworkNamespace;
import io.halcyon.testkit.Ipv6Address;
import io.halcyon.testkit.TwoHosts;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.NetworkChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server at the other end of a cable sees where a check comes from. */
@InNetworkNamespace
@Timeout(60)
class SourceTest {

    private static final int SERVER_PORT = 8_080;
    private static final int OWN_PORT = 7_000;
    private static final int ACCEPT_MILLIS = 1_000;
    private static final SocketOptions LINUX = new SocketOptions() {
        @Override
        public void bindToInterface(NetworkChannel channel, String name) throws IOException {
            ChannelOptions.bindToInterface(channel, name);
        }

        @Override
        public void mark(NetworkChannel channel, int mark) throws IOException {
            ChannelOptions.mark(channel, mark);
        }
    };

    private @Nullable SocketOptions options = LINUX;
    private TwoHosts hosts;
    private LoopThread loop;
    private SelectorRunner runner;
    private ServerSocket server;
    private DatagramSocket datagrams;

    @BeforeEach
    void plugIn() throws Exception {
        hosts = new TwoHosts();
        // A second address of each family, which no route would choose.
        Command.line("ip addr add 10.0.0.77/32 dev lo");
        Ipv6Address.add("2001:db8::77/128", "lo");
        Ipv6Address.add("2001:db8::1/64", "hcl");
        Ipv6Address.add("fe80::1/64", "hcl");
        hosts.onRight(() -> {
            Ipv6Address.add("2001:db8::2/64", "hcr");
            Ipv6Address.add("fe80::2/64", "hcr");
            Command.line("ip route add 2001:db8::77/128 via 2001:db8::1");
            return Command.line("ip route add 10.0.0.77/32 via 10.0.0.1");
        });
        server = hosts.onRight(() -> new ServerSocket(SERVER_PORT));
        datagrams = hosts.onRight(() -> new DatagramSocket(SERVER_PORT));
        // Its threads are in the namespace of the one that makes it.
        loop = new LoopThread();
        runner = new SelectorRunner(loop, new Names(), new Lateness(), () -> options);
    }

    @AfterEach
    void unplug() throws Exception {
        runner.close();
        loop.close();
        server.close();
        datagrams.close();
        hosts.close();
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.2, 10.0.0.77", "2001:db8::2, 2001:db8::77"})
    void connectionsComeFromTheAddress(String target, String source) throws Exception {
        var result = look(target, Source.of(source, 0, "", 0));

        assertThat(result).isEqualTo(CheckResult.up("connected"));
        assertThat(peer()).isEqualTo(InetAddress.getByName(source));
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.2, 10.0.0.77", "2001:db8::2, 2001:db8::77"})
    void datagramsComeFromTheAddressAndThePort(String target, String source) throws Exception {
        var server = at(target, SERVER_PORT);
        var watched = start(Source.of(source, OWN_PORT, "", 0), run -> run.connectDatagram(server, new Ask(run)));

        var packet = new DatagramPacket(new byte[10], 10);
        datagrams.receive(packet);
        datagrams.send(packet);

        assertThat(packet.getSocketAddress()).isEqualTo(at(source, OWN_PORT));
        assertThat(watched.await()).isEqualTo(CheckResult.up("answered"));
    }

    /** At once: with the selector's next turn, in which the kernel gets the socket back. */
    @Test
    void aPortIsFreeAgainAtOnce() throws Exception {
        var target = at("10.0.0.2", SERVER_PORT);
        server.setSoTimeout(ACCEPT_MILLIS);
        int answered = 0;
        while (answered < 3) {
            var watched = start(Source.of("", OWN_PORT, "", 0), run -> run.connect(target, new Ask(run)));
            try (var client = server.accept()) {
                assertThat(client.getPort()).isEqualTo(OWN_PORT);
                assertThat(client.getInputStream().read()).isEqualTo('?');
                client.getOutputStream().write('!');
                assertThat(watched.await()).isEqualTo(CheckResult.up("answered"));
                answered++;
            } catch (SocketTimeoutException e) {
                assertThat(watched.await().reason()).contains("BindException");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.2, 10.0.0.99", "2001:db8::2, 2001:db8::99"})
    void anAddressOfSomebodyElseSaysNothingAboutTheServer(String target, String source) throws Exception {
        var result = look(target, Source.of(source, 0, "", 0));

        assertThat(result.health()).isEqualTo(Health.UNKNOWN);
        assertThat(result.reason()).startsWith("bindto = ").endsWith(" is no address of this machine");
    }

    @Test
    void theInterfaceIsTheOneThatIsAskedFor() throws Exception {
        assertThat(look("10.0.0.2", Source.of("", 0, "hcl", 0)).health()).isEqualTo(Health.UP);
        // By loopback nobody is reached, whatever the routes say.
        assertThat(look("10.0.0.2", Source.of("", 0, "lo", 0)).health()).isEqualTo(Health.DOWN);
        var gone = look("10.0.0.2", Source.of("", 0, "eth99", 0));
        assertThat(gone.health()).isEqualTo(Health.UNKNOWN);
        assertThat(gone.reason()).startsWith("bind.if = eth99 cannot be had: SO_BINDTODEVICE: ENODEV");
    }

    @Test
    void aLinkLocalServerIsReachedByItsInterface() throws Exception {
        assertThat(look("fe80::2", Source.of("", 0, "hcl", 0)).reason()).isEqualTo("connected");
        assertThat(look("fe80::2", Source.of("fe80::1", 0, "hcl", 0)).reason()).isEqualTo("connected");
        peer();
        assertThat(peer().getHostAddress()).startsWith("fe80:0:0:0:0:0:0:1");
    }

    @ParameterizedTest
    @CsvSource({"-4, 10.0.0.2, 10.0.0.77", "-6, 2001:db8::2, 2001:db8::77"})
    void theMarkIsSeenByRoutingRules(String family, String target, String source) throws Exception {
        Command.line("ip " + family + " rule add fwmark 7 table 7");
        Command.line("ip " + family + " route add " + target + " dev hcl src " + source + " table 7");

        assertThat(look(target, Source.of("", 0, "", 7)).reason()).isEqualTo("connected");
        assertThat(peer()).isEqualTo(InetAddress.getByName(source));
        assertThat(look(target, Source.of("", 0, "", 8)).reason()).isEqualTo("connected");
        assertThat(peer()).isNotEqualTo(InetAddress.getByName(source));
    }

    @Test
    void withoutAMachineThatCanItIsUnknown() throws Exception {
        options = null;

        assertThat(look("10.0.0.2", Source.of("", 0, "hcl", 0)))
                .isEqualTo(CheckResult.unknown("bind.if and fwmark: nothing is installed here that could do it"));
        assertThat(look("10.0.0.2", Source.of("10.0.0.77", 0, "", 0)).health()).isEqualTo(Health.UP);
    }

    private static InetSocketAddress at(String address, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByName(address), port);
    }

    private InetAddress peer() throws IOException {
        try (var client = server.accept()) {
            return client.getInetAddress();
        }
    }

    private CheckResult look(String target, Source source) throws Exception {
        var address = at(target, SERVER_PORT);
        return start(source, run -> {
                    run.after(1_000, () -> run.complete(CheckResult.down("not within a second")));
                    run.connect(address, new Knock(run));
                })
                .await();
    }

    private Watched start(Source source, AsynchronousCheck check) {
        var watched = new Watched();
        loop.execute(() -> runner.start(
                new Runner.Order("probe", check.from(source), TimeUnit.SECONDS.toNanos(5), System.nanoTime()),
                watched));
        return watched;
    }

    /** Asks, and is content with any answer. */
    private record Ask(CheckRun run) implements CheckRun.Handler {

        @Override
        public void onConnected(CheckRun.Connection connection) {
            connection.write(ByteBuffer.wrap(new byte[] {'?'}));
        }

        @Override
        public void onData(CheckRun.Connection connection, ByteBuffer data) {
            run.complete(CheckResult.up("answered"));
        }

        @Override
        public void onClosed(@Nullable IOException cause) {
            run.complete(CheckResult.down(String.valueOf(cause)));
        }
    }

    /** Is content with a connection. */
    private record Knock(CheckRun run) implements CheckRun.Handler {

        @Override
        public void onConnected(CheckRun.Connection connection) {
            run.complete(CheckResult.up("connected"));
        }

        @Override
        public void onData(CheckRun.Connection connection, ByteBuffer data) {}

        @Override
        public void onClosed(@Nullable IOException cause) {
            run.complete(CheckResult.down(String.valueOf(cause)));
        }
    }
}
