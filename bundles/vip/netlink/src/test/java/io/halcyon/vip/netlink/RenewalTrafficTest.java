package io.halcyon.vip.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.linux.Clock;
import io.halcyon.linux.NetworkNamespace;
import io.halcyon.spi.vip.AddressSet;
import io.halcyon.testkit.Command;
import io.halcyon.testkit.InNetworkNamespace;
import io.halcyon.testkit.Ipv6Address;
import io.halcyon.testkit.VipRecorder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * TCP over an address while its lease is renewed. The client is in a namespace of its own behind the veth pair, so that
 * packets pass a link and neighbour tables.
 */
@InNetworkNamespace
class RenewalTrafficTest {

    private static final int RENEWALS = 1_000;
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long ECHO_PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(3);
    private static final int PORT = 7007;
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final String COUNTERS = "cat /proc/thread-self/net/snmp";

    private static final double LONGEST_ECHO_MILLIS = 1_000;

    /** What a client saw of its connection. */
    private record Echoes(int count, double worstMillis) {}

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Process client;
    private volatile boolean renewed;

    @AfterEach
    void stop() {
        threads.shutdownNow();
        if (client != null) {
            client.destroyForcibly();
        }
    }

    @Test
    void connectionsSurviveAThousandRenewals() throws Exception {
        network();
        List<VirtualAddress> vips = List.of(
                Lab.address("10.0.0.50", 24),
                Lab.address("2001:db8::50", 64),
                VirtualAddress.of(Lab.inet("2001:db8::51")));
        NetlinkVipManager manager = Lab.manager();
        VipRecorder heard = new VipRecorder();
        AddressSet set = manager.open("VI_1", "v0", heard);
        set.hold(vips, 2, Lab.NO_HURRY);
        heard.awaitInstalled(3);
        List<Future<Echoes>> echoes = new ArrayList<>();
        List<Future<Void>> servers = new ArrayList<>();
        for (VirtualAddress vip : vips) {
            servers.add(threads.submit(echoServer(vip)));
        }
        NetworkNamespace outside = NetworkNamespace.of(Path.of("/proc/" + client.pid() + "/ns/net"));
        for (VirtualAddress vip : vips) {
            echoes.add(threads.submit(() -> outside.call(() -> echo(vip))));
        }

        long next = System.nanoTime();
        for (int i = 1; i <= RENEWALS; i++) {
            set.renew(Clock.boottimeNanos() + TimeUnit.SECONDS.toNanos(2));
            heard.awaitRenewals(i);
            next += PERIOD_NANOS;
            LockSupport.parkNanos(next - System.nanoTime());
        }
        renewed = true;

        for (int i = 0; i < vips.size(); i++) {
            Echoes result = echoes.get(i).get(30, TimeUnit.SECONDS);
            System.out.printf(
                    "%s: %d echoes, worst %.1f ms%n", vips.get(i).cidr(), result.count(), result.worstMillis());
            assertThat(result.count()).isGreaterThan(1_000);
            assertThat(result.worstMillis()).as("worst echo in ms").isLessThan(LONGEST_ECHO_MILLIS);
        }
        assertThat(List.of(retransmitted(Command.line(COUNTERS)), retransmitted(inClient(COUNTERS.split(" ")))))
                .as("TCP segments sent again, by the host with the addresses and by its client")
                .containsExactly("0", "0");
        for (Future<Void> server : servers) {
            server.get(5, TimeUnit.SECONDS);
        }
        assertThat(heard.sequence().stream().filter("renewed"::equals)).hasSize(RENEWALS);
        assertThat(heard.sequence()).doesNotContain("late", "trouble");
        manager.close();
    }

    /** Of a namespace that is as old as this test; the file has a line of names and one of values for each protocol. */
    private static String retransmitted(String counters) {
        List<List<String>> tcp = counters.lines()
                .filter(line -> line.startsWith("Tcp:"))
                .map(line -> List.of(line.split(" ")))
                .toList();
        return tcp.get(1).get(tcp.get(0).indexOf("RetransSegs"));
    }

    private void network() throws Exception {
        client = new ProcessBuilder("unshare", "-n", "sleep", "300").start();
        Lab.up();
        awaitOwnNamespace();
        Command.line("ip link set v1 netns " + client.pid());
        Command.line("ip addr add 10.0.0.1/24 dev v0");
        Ipv6Address.add("2001:db8::1/64", "v0");
        inClient("ip", "link", "set", "v1", "up");
        inClient("ip", "addr", "add", "10.0.0.2/24", "dev", "v1");
        inClient("ip", "addr", "add", "2001:db8::2/64", "nodad", "dev", "v1");
    }

    /** The process is there before its namespace is: moving the link too early would move it nowhere. */
    private void awaitOwnNamespace() throws IOException {
        String own = Command.line("readlink /proc/thread-self/ns/net");
        while (Command.line("readlink /proc/" + client.pid() + "/ns/net").equals(own)) {
            Thread.onSpinWait();
        }
    }

    private String inClient(String... command) {
        List<String> words = new ArrayList<>(List.of("nsenter", "-n", "-t", "" + client.pid()));
        words.addAll(List.of(command));
        return run(words);
    }

    private static String run(List<String> words) {
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            return output;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends an octet each few milliseconds until all renewals are over, and waits for each to come back. */
    private Echoes echo(VirtualAddress vip) throws IOException {
        int count = 0;
        long worst = 0;
        try (Socket socket = new Socket()) {
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(vip.address(), PORT), TIMEOUT_MILLIS);
            while (!renewed) {
                long sent = System.nanoTime();
                socket.getOutputStream().write('x');
                assertThat(socket.getInputStream().read()).isEqualTo('x');
                worst = Math.max(worst, System.nanoTime() - sent);
                count++;
                LockSupport.parkNanos(ECHO_PERIOD_NANOS);
            }
        }
        return new Echoes(count, worst / 1e6);
    }

    private static Callable<Void> echoServer(VirtualAddress vip) throws IOException {
        ServerSocket listening = new ServerSocket();
        listening.bind(new InetSocketAddress(vip.address(), PORT));
        return () -> {
            try (listening;
                    Socket socket = listening.accept()) {
                socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
                int octet = socket.getInputStream().read();
                while (octet >= 0) {
                    socket.getOutputStream().write(octet);
                    octet = socket.getInputStream().read();
                }
            }
            return null;
        };
    }
}
