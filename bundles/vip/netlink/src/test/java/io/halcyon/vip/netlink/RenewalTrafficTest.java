package io.halcyon.vip.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.linux.Clock;
import io.halcyon.spi.vip.AddressSet;
import io.halcyon.testkit.Command;
import io.halcyon.testkit.InNetworkNamespace;
import io.halcyon.testkit.VipRecorder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
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
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int PORT = 7007;
    private static final String ECHO =
            """
            import socket, sys, time
            worst = count = 0
            with socket.create_connection((sys.argv[1], 7007), 10) as s:
                s.settimeout(5)
                s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                end = time.monotonic() + float(sys.argv[2])
                while time.monotonic() < end:
                    at = time.monotonic()
                    s.sendall(b'x')
                    assert s.recv(1) == b'x'
                    worst = max(worst, time.monotonic() - at)
                    count += 1
                    time.sleep(0.005)
            print('%d %.1f' % (count, worst * 1000))
            """;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Process client;

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
        List<Future<String>> echoes = new ArrayList<>();
        List<Future<Void>> servers = new ArrayList<>();
        for (VirtualAddress vip : vips) {
            servers.add(threads.submit(echoServer(vip)));
        }
        double seconds = RENEWALS * PERIOD_NANOS / 1e9;
        for (VirtualAddress vip : vips) {
            echoes.add(threads.submit(
                    () -> inClient("python3", "-c", ECHO, vip.address().getHostAddress(), "" + seconds)));
        }

        long next = System.nanoTime();
        for (int i = 0; i < RENEWALS; i++) {
            set.renew(Clock.boottimeNanos() + TimeUnit.SECONDS.toNanos(2));
            next += PERIOD_NANOS;
            LockSupport.parkNanos(next - System.nanoTime());
        }

        for (int i = 0; i < vips.size(); i++) {
            String[] result = echoes.get(i).get(30, TimeUnit.SECONDS).strip().split(" ", 2);
            System.out.printf("%s: %s echoes, worst %s ms%n", vips.get(i).cidr(), result[0], result[1]);
            assertThat(Integer.parseInt(result[0])).isGreaterThan(1_000);
            assertThat(Double.parseDouble(result[1]))
                    .as("worst echo in ms; a lost packet costs 200 at least")
                    .isLessThan(200);
        }
        for (Future<Void> server : servers) {
            server.get(5, TimeUnit.SECONDS);
        }
        // Nearly all: two orders that wait at the same time are one renewal.
        assertThat(heard.sequence().stream().filter("renewed"::equals)).hasSizeGreaterThan(RENEWALS * 9 / 10);
        assertThat(heard.sequence()).doesNotContain("late", "trouble");
        manager.close();
    }

    private void network() throws IOException {
        client = new ProcessBuilder("unshare", "-n", "sleep", "300").start();
        Lab.up();
        awaitOwnNamespace();
        Command.line("ip link set v1 netns " + client.pid());
        Command.line("ip addr add 10.0.0.1/24 dev v0");
        Command.line("ip addr add 2001:db8::1/64 nodad dev v0");
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
