package io.halcyon.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.linux.NetworkNamespace;
import io.halcyon.testkit.Ipv6Address;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Asks the kernel of a namespace of its own; what is asked about is made with {@code nft}. */
@Tag("lab")
class NetfilterTest {

    private NetworkNamespace.Stay stay;

    @BeforeEach
    void enter() throws IOException {
        stay = NetworkNamespace.enterNew();
        run("", "ip", "link", "set", "lo", "up");
    }

    @AfterEach
    void leave() {
        stay.close();
    }

    @Test
    void eachTransactionMakesTheGenerationOneHigher() throws IOException {
        try (Nftables tables = Nftables.open("ours")) {
            long before = tables.generation();

            nft("add table inet ours\nadd chain inet ours one\nadd chain inet ours two\n");

            assertThat(tables.generation()).isEqualTo(before + 1);
            nft("add table inet other\n");
            assertThat(tables.generation()).isEqualTo(before + 2);
        }
    }

    @Test
    void readsWhatIsInOneTableAndNothingElse() throws IOException {
        nft(
                """
                add table inet ours
                add counter inet ours hits { packets 3 bytes 240; }
                add set inet ours guests { type ipv4_addr; flags dynamic, timeout; size 1024; }
                add chain inet ours one
                add chain inet ours two
                add rule inet ours one tcp dport vmap { 80 : goto two, 443 : goto two } comment "first"
                add rule inet ours one accept
                add rule inet ours two counter name "hits" accept comment "last"
                add table inet other
                add counter inet other foreign
                add set inet other strangers { type ipv4_addr; }
                add chain inet other three
                add rule inet other three accept comment "theirs"
                add table ip ours
                add chain ip ours four
                """);
        try (Nftables tables = Nftables.open("ours")) {
            assertThat(tables.chains()).containsExactlyInAnyOrder("one", "two");
            assertThat(tables.rules())
                    .containsExactlyInAnyOrder(
                            new Nftables.Rule("one", "first"),
                            new Nftables.Rule("one", ""),
                            new Nftables.Rule("two", "last"));
            assertThat(tables.rules().stream().filter(rule -> rule.chain().equals("one")))
                    .as("in order")
                    .extracting(Nftables.Rule::comment)
                    .containsExactly("first", "");
            assertThat(tables.sets()).containsExactly("guests");
            assertThat(tables.counters()).containsExactly(new Nftables.Counter("hits", 3, 240));
        }
    }

    @Test
    void aTableThatIsNotThereIsEmpty() throws IOException {
        nft("add table inet other\nadd chain inet other three\nadd counter inet other foreign\n");
        try (Nftables tables = Nftables.open("ours")) {
            assertThat(tables.chains()).isEmpty();
            assertThat(tables.rules()).isEmpty();
            assertThat(tables.sets()).isEmpty();
            assertThat(tables.counters()).isEmpty();
        }
    }

    @Test
    void findsTranslatedConnectionsOfBothFamiliesAndForgetsThoseThatAreMeant() throws Exception {
        Ipv6Address.add("2001:db8::9/128", "lo");
        nft(
                """
                add table inet ours
                add chain inet ours here { type nat hook output priority -100; }
                add rule inet ours here ip daddr 127.0.0.9 udp dport 53 dnat ip to 127.0.0.1:5353
                add rule inet ours here ip6 daddr 2001:db8::9 udp dport 53 dnat ip6 to [::1]:5353
                """);
        try (Conntrack kernel = Conntrack.open()) {
            List<Integer> ports = send("127.0.0.9", 3);
            List<Integer> ports6 = send("2001:db8::9", 1);
            send("127.0.0.8", 1);

            List<TrackedConnection> translated = kernel.translated(connection -> true);

            assertThat(translated).hasSize(4).allSatisfy(connection -> {
                assertThat(connection.protocol()).isEqualTo(17);
                assertThat(connection.destinationPort()).isEqualTo(53);
                assertThat(connection.serverPort()).isEqualTo(5353);
                assertThat(connection.server().isLoopbackAddress()).isTrue();
                assertThat(connection.established()).as("nobody answered").isFalse();
            });
            assertThat(translated.stream()
                            .filter(connection -> connection.clientPort() == ports6.get(0))
                            .map(TrackedConnection::destination))
                    .containsExactly(InetAddress.getByName("2001:db8::9"));
            assertThat(kernel.connections(connection -> connection.destinationPort() == 53))
                    .hasSize(5);

            kernel.forget(kernel.translated(connection -> connection.clientPort() != ports.get(1)));

            assertThat(kernel.translated(connection -> true))
                    .extracting(TrackedConnection::clientPort)
                    .containsExactly(ports.get(1));
            assertThat(kernel.connections(connection -> connection.destinationPort() == 53))
                    .as("one that was not translated stays")
                    .hasSize(2);
            kernel.forget(translated);
            assertThat(kernel.translated(connection -> true))
                    .as("those that are gone already are no failure")
                    .isEmpty();
        }
    }

    /** Source ports of so many datagrams. */
    private static List<Integer> send(String address, int times) throws IOException {
        InetAddress to = InetAddress.getByName(address);
        return IntStream.range(0, times).map(i -> send(to)).boxed().toList();
    }

    private static int send(InetAddress to) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(new byte[1], 1, to, 53));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void nft(String statements) throws IOException {
        run(statements, "nft", "-f", "-");
    }

    private static void run(String input, String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
            in.write(input);
        }
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.lines().toList()).as(String.join(" ", command)).isEmpty();
        }
    }
}
