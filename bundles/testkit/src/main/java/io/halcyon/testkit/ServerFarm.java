package io.halcyon.testkit;

import io.halcyon.spi.dataplane.Transport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * A client and three servers, each a host of its own, and between them a director: the calling thread's namespace. The director has the
 * virtual addresses; servers answer by way of it. Made in a test that runs in a namespace of its own.
 */
public final class ServerFarm implements AutoCloseable {

    public static final int SERVERS = 3;

    /** Ports of every server, TCP and UDP. */
    public static final int PORT = 8080;

    public static final int OTHER_PORT = 8081;

    private static final int LIMIT_MILLIS = 10_000;

    private final NamespaceThread client = new NamespaceThread();
    private final List<NamespaceThread> hosts = new ArrayList<>();
    private final List<NamedServer> servers = new ArrayList<>();

    public ServerFarm() throws Exception {
        try {
            for (int number = 1; number <= SERVERS; number++) {
                hosts.add(new NamespaceThread());
            }
            lay();
            for (int number = 1; number <= SERVERS; number++) {
                String name = name(number);
                servers.add(at(hosts.get(number - 1), () -> new NamedServer(name, PORT, OTHER_PORT)));
            }
        } catch (Exception | Error failure) {
            close();
            throw failure;
        }
    }

    /** What a server says: {@code s1} to {@code s3}. */
    public static String name(int number) {
        return "s" + number;
    }

    /** Address of a server, 1 to 3. */
    public static InetAddress server(int number) {
        return address("10.2." + number + ".2");
    }

    public static InetAddress server6(int number) {
        return address("fd00:2:" + number + "::2");
    }

    /** A virtual address, 1 or 2. */
    public static InetAddress virtual(int number) {
        return address("192.0.2." + number);
    }

    public static InetAddress virtual6() {
        return address("2001:db8::1");
    }

    /** One of 254 addresses of the client, all in 10.1.1.0/24. */
    public static InetAddress clientAddress(int number) {
        return address("10.1.1." + number);
    }

    private void lay() throws Exception {
        // Whose packets are forwarded is resolved from a link-local address, which is none while it is being checked.
        sysctl("ipv6/conf/default/accept_dad", "0");
        batch("link add cl type veth peer name eth0 netns " + number(client) + "\nlink set cl up\n");
        at(
                client,
                () -> batch(
                        """
                link set eth0 up
                addr add 10.1.0.2/24 dev eth0
                addr add fd00:1::2/64 dev eth0 nodad
                route add 0.0.0.0/0 via 10.1.0.1
                route add ::/0 via fd00:1::1
                route add local 10.1.1.0/24 dev lo
                """));
        for (int number = 1; number <= SERVERS; number++) {
            lay(number, hosts.get(number - 1));
        }
        batch(
                """
                addr add 10.1.0.1/24 dev cl
                addr add fd00:1::1/64 dev cl nodad
                route add 10.1.1.0/24 via 10.1.0.2
                addr add 192.0.2.1/32 dev lo
                addr add 192.0.2.2/32 dev lo
                addr add 2001:db8::1/128 dev lo nodad
                """);
        forward();
        awaitUp("cl", "s1", "s2", "s3");
        at(client, () -> awaitUp("eth0"));
        for (var host : hosts) {
            at(host, () -> awaitUp("eth0"));
        }
    }

    private static void lay(int number, NamespaceThread host) throws Exception {
        batch(numbered(
                        """
                link add s# type veth peer name eth0 netns TASK
                link set s# up
                addr add 10.2.#.1/24 dev s#
                addr add fd00:2:#::1/64 dev s# nodad
                """,
                        number)
                .replace("TASK", number(host)));
        at(
                host,
                () -> batch(numbered(
                        """
                link set eth0 up
                addr add 10.2.#.2/24 dev eth0
                addr add fd00:2:#::2/64 dev eth0 nodad
                route add 0.0.0.0/0 via 10.2.#.1
                route add ::/0 via fd00:2:#::1
                """,
                        number)));
    }

    private static void forward() throws IOException {
        for (String key : List.of("ipv4/conf/all/rp_filter", "ipv4/conf/default/rp_filter")) {
            sysctl(key, "0");
        }
        for (String device : List.of("cl", "s1", "s2", "s3")) {
            sysctl("ipv4/conf/" + device + "/rp_filter", "0");
        }
        sysctl("ipv4/ip_forward", "1");
        sysctl("ipv6/conf/all/forwarding", "1");
    }

    /** Writes a key below {@code net} in the calling thread's namespace, slashes for dots. */
    public static void sysctl(String key, String value) throws IOException {
        Files.writeString(Path.of("/proc/sys/net", key), value);
    }

    /** The client's word: which server answers one new connection. */
    public String ask(Transport transport, InetAddress to, int port) throws Exception {
        return ask(transport, address("0.0.0.0"), to, port);
    }

    /**
     * Which server answers one new connection from one of the client's addresses.
     *
     * @throws java.net.ConnectException if it is refused (TCP)
     * @throws java.net.PortUnreachableException if it is refused (UDP)
     */
    public String ask(Transport transport, InetAddress from, InetAddress to, int port) throws Exception {
        if (transport == Transport.TCP) {
            try (var conversation = converse(from, to, port)) {
                return conversation.server();
            }
        }
        return at(client, () -> {
            try (var socket = from.isAnyLocalAddress() ? new DatagramSocket() : new DatagramSocket(0, from)) {
                socket.setSoTimeout(LIMIT_MILLIS);
                socket.connect(to, port);
                byte[] question = "who?".getBytes(StandardCharsets.US_ASCII);
                socket.send(new DatagramPacket(question, question.length));
                var answer = new DatagramPacket(new byte[64], 64);
                socket.receive(answer);
                return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII).split(" ", 2)[0];
            }
        });
    }

    /** How many of so many new connections each server answers. */
    public Map<String, Integer> ask(int times, Transport transport, InetAddress to, int port) throws Exception {
        var counts = new TreeMap<String, Integer>();
        for (int i = 0; i < times; i++) {
            counts.merge(ask(transport, to, port), 1, Integer::sum);
        }
        return counts;
    }

    /**
     * Opens and closes a connection of the client's, and does not wait for the server to say anything.
     *
     * @throws java.net.ConnectException if it is refused
     */
    void connect(InetAddress to, int port) throws Exception {
        at(client, () -> {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(to, port), LIMIT_MILLIS);
                return true;
            }
        });
    }

    /** A connection over TCP that stays open. */
    public Conversation converse(InetAddress from, InetAddress to, int port) throws Exception {
        return at(client, () -> {
            var socket = new Socket();
            try {
                if (!from.isAnyLocalAddress()) {
                    socket.bind(new InetSocketAddress(from, 0));
                }
                socket.connect(new InetSocketAddress(to, port), LIMIT_MILLIS);
                return new Conversation(socket);
            } catch (IOException | RuntimeException failure) {
                socket.close();
                throw failure;
            }
        });
    }

    /** Does something at the client. */
    public <T> T atClient(Callable<T> action) throws Exception {
        return at(client, action);
    }

    /** Does something at a server, 1 to 3. */
    public <T> T atServer(int number, Callable<T> action) throws Exception {
        return at(hosts.get(number - 1), action);
    }

    @Override
    public void close() {
        servers.forEach(NamedServer::close);
        hosts.forEach(NamespaceThread::close);
        client.close();
    }

    private static <T> T at(NamespaceThread host, Callable<T> action) throws Exception {
        try {
            return host.call(action);
        } catch (Exception | Error thrown) {
            // Its own trace is that of the host's thread and does not tell which line of a test asked.
            thrown.addSuppressed(new Throwable("asked for by"));
            throw thrown;
        } catch (Throwable thrown) {
            throw new AssertionError(thrown);
        }
    }

    /** What {@code ip} calls a namespace by: the number of a thread in it. */
    private static String number(NamespaceThread host) throws Exception {
        return at(host, () -> Files.readSymbolicLink(Path.of("/proc/thread-self"))
                .getFileName()
                .toString());
    }

    private static String batch(String lines) {
        return Command.fed(lines, "ip", "-batch", "-");
    }

    private static boolean awaitUp(String... devices) throws Exception {
        for (String device : devices) {
            Await.until(
                    device + " is up", () -> NetworkInterface.getByName(device).isUp());
        }
        return true;
    }

    private static String numbered(String lines, int number) {
        return lines.replace("#", Integer.toString(number));
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException noLiteral) {
            throw new IllegalArgumentException(noLiteral);
        }
    }
}
