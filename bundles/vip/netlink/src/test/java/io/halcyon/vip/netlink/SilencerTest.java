package io.halcyon.vip.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.linux.netlink.RouteRequests;
import io.halcyon.linux.socket.PacketFilter;
import io.halcyon.linux.socket.PacketSocket;
import io.halcyon.linux.socket.Poller;
import io.halcyon.spi.vip.AddressSet;
import io.halcyon.testkit.Command;
import io.halcyon.testkit.InNetworkNamespace;
import io.halcyon.testkit.VipRecorder;
import java.io.IOException;
import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the kernel answers who resolves an address; needs nftables. */
@InNetworkNamespace
class SilencerTest {

    private static final VirtualAddress VIP = Lab.address("10.0.0.50", 24);
    private static final VirtualAddress OTHER = Lab.address("10.0.0.51", 24);
    private static final VirtualAddress IPV6 = Lab.address("2001:db8::50", 64);
    private static final VirtualAddress OTHER_IPV6 = Lab.address("2001:db8::51", 64);
    private static final byte[] ASKER_MAC = {2, (byte) 0x88, 0, 0, 0, 0x77};
    private static final int WAIT_MILLIS = 20;
    private static final long PAUSE_MILLIS = 10;
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final VipRecorder heard = new VipRecorder();
    private NetlinkVipManager manager;
    private AddressSet set;
    private Silencer late = new Silencer();
    private Quiet latecomer = late.open();

    @BeforeEach
    void start() throws Exception {
        Lab.up();
        // The asking side is in the same namespace: it must not be taken for a liar.
        Command.line("ip addr add 10.0.0.1/24 dev v0");
        Command.line("sysctl -q -w net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.v0.rp_filter=0");
        manager = Lab.manager();
        set = manager.open("VI_1", "v0", heard);
        set.hold(List.of(VIP, OTHER, IPV6, OTHER_IPV6), 60, Lab.NO_HURRY);
        heard.awaitInstalled(4);
    }

    @AfterEach
    void stop() throws Exception {
        manager.close();
        late.stop();
    }

    @Test
    void whoResolvesASilentAddressIsNotAnsweredAndAllOthersAre() throws Exception {
        assertThat(answered(VIP)).isTrue();

        set.silence(List.of(VIP));

        awaitAnswered(VIP, false);
        assertThat(answered(OTHER)).isTrue();
        assertThat(manager.limits()).isEmpty();
    }

    @Test
    void whoHoldsItAgainAnswersAgain() throws Exception {
        set.silence(List.of(VIP));
        awaitAnswered(VIP, false);

        set.hold(List.of(VIP, OTHER), 60, Lab.NO_HURRY);

        awaitAnswered(VIP, true);
    }

    @Test
    void whoSolicitsASilentNeighborIsNotAnsweredAndAllOthersAre() throws Exception {
        assertThat(answered(IPV6)).isTrue();
        assertThat(answered(OTHER_IPV6)).isTrue();

        set.silence(List.of(IPV6));

        awaitAnswered(IPV6, false);
        assertThat(answered(OTHER_IPV6)).isTrue();
        assertThat(answered(VIP)).isTrue();

        set.hold(List.of(IPV6), 60, Lab.NO_HURRY);

        awaitAnswered(IPV6, true);
    }

    @Test
    void whoeverIsReleasedIsNotSilentAnyMore() throws Exception {
        set.silence(List.of(VIP, IPV6));
        awaitRules(2);

        set.release(List.of(VIP, OTHER, IPV6, OTHER_IPV6));
        heard.awaitReleased(4);

        awaitRules(0);
    }

    @Test
    void whatIsStillHereStaysSilentWhenOthersGo() throws Exception {
        set.silence(List.of(VIP, OTHER));
        awaitAnswered(VIP, false);

        set.release(List.of(OTHER));
        heard.awaitReleased(1);

        assertThat(answered(VIP)).isFalse();
        assertThat(rules()).isEqualTo(1);
    }

    @Test
    void whoIsHeldIsPreparedAndAnswersAllTheSame() throws Exception {
        awaitElements(4);

        assertThat(rules()).isZero();
        assertThat(answered(VIP)).isTrue();
        assertThat(answered(IPV6)).isTrue();
    }

    @Test
    void oneAnswersAgainWhileAnotherStaysSilent() throws Exception {
        AddressSet another = manager.open("VI_2", "v0", new VipRecorder());
        set.silence(List.of(VIP));
        another.silence(List.of(OTHER));
        awaitAnswered(VIP, false);
        awaitAnswered(OTHER, false);

        set.hold(List.of(VIP, OTHER), 60, Lab.NO_HURRY);

        awaitAnswered(VIP, true);
        assertThat(answered(OTHER)).isFalse();
    }

    @Test
    void nothingIsKeptForARouterThatIsGone() throws Exception {
        awaitElements(4);
        set.silence(List.of(VIP));
        awaitRules(1);

        set.close();

        awaitRules(0);
        awaitElements(0);
        assertThat(Command.line("nft list ruleset")).doesNotContain("set ");
    }

    @Test
    void nothingIsLeftWhenTheManagerIsGone() throws Exception {
        set.silence(List.of(VIP));
        awaitAnswered(VIP, false);

        manager.close();

        assertThat(Command.line("nft list ruleset")).doesNotContain("halcyon");
        assertThat(answered(VIP)).isTrue();
    }

    /** As with an update of the bundle: the process is the same, and so is the name of its table. */
    @Test
    void aManagerThatComesAtOnceIsSilentToo() throws Exception {
        set.silence(List.of(VIP));
        awaitAnswered(VIP, false);
        manager.close();

        manager = Lab.manager();
        manager.open("VI_1", "v0", heard).silence(List.of(VIP));

        awaitAnswered(VIP, false);
        assertThat(manager.limits()).isEmpty();
    }

    @Test
    void aThousandThatWerePreparedAreSilencedByOneRule() throws Exception {
        List<VirtualAddress> many = new ArrayList<>(Lab.many("10.1.", 1_000, 32));
        many.add(VIP);
        set.hold(many, 60, Lab.NO_HURRY);
        awaitElements(1_001);
        assertThat(answered(VIP)).isTrue();

        long start = System.nanoTime();
        set.silence(many);
        awaitRules(1);
        System.out.printf("1,000 addresses were silent after at most %.0f ms%n", (System.nanoTime() - start) / 1e6);
        assertThat(answered(VIP)).isFalse();
        assertThat(elements()).isEqualTo(1_001);
    }

    @Test
    void aThousandThatWereNotPreparedAreSilencedAllTheSame() throws Exception {
        List<VirtualAddress> many = new ArrayList<>(Lab.many("10.1.", 1_000, 32));
        many.add(VIP);

        set.silence(many);

        awaitAnswered(VIP, false);
        assertThat(elements()).isEqualTo(1_001);
    }

    @Test
    void aProcessThatDiedIsReplacedByOneThatKnowsAll() throws Exception {
        AddressSet another = manager.open("VI_2", "v0", new VipRecorder());
        set.silence(List.of(VIP));
        awaitAnswered(VIP, false);
        killNft();

        another.silence(List.of(OTHER));

        awaitAnswered(OTHER, false);
        assertThat(answered(VIP)).isFalse();
    }

    @Test
    void aProgramThatIsInstalledLaterIsUsed(@TempDir Path directory) throws Exception {
        Path program = directory.resolve("nft");
        manager.close(); // a table has one owner; the addresses stay
        startLate(program);
        awaitLimit("not installed (Debian package nftables)");
        latecomer.silence(List.of(VIP));
        latecomer.speak();

        install(nft(), program);

        awaitLimit("");
        assertThat(answered(VIP)).isTrue();
        latecomer.silence(List.of(VIP));
        awaitAnswered(VIP, false);
    }

    @Test
    void aProgramThatBeginsToWorkIsUsed(@TempDir Path directory) throws Exception {
        Path program = directory.resolve("nft");
        install(Path.of("/bin/false"), program);
        manager.close();
        startLate(program);
        awaitLimit("does not work here");

        Files.delete(program);
        install(nft(), program);

        awaitLimit("");
        latecomer.silence(List.of(VIP));
        awaitAnswered(VIP, false);
    }

    /** One that looks for its program in that place, again and again. */
    private void startLate(Path program) {
        late = new Silencer(List.of(program), new Silencer.Patience(PAUSE_MILLIS, PAUSE_MILLIS, PAUSE_MILLIS));
        late.start();
        latecomer = late.open();
    }

    private static void install(Path program, Path there) throws IOException {
        Files.copy(program, there, StandardCopyOption.COPY_ATTRIBUTES);
    }

    private static Path nft() {
        return Nft.PLACES.stream().filter(Files::isExecutable).findFirst().orElseThrow();
    }

    private void awaitLimit(String wanted) {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (wanted.isEmpty() ? !late.limit().isEmpty() : !late.limit().contains(wanted)) {
            assertThat(System.nanoTime()).as("limit: " + late.limit()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static void awaitAnswered(VirtualAddress address, boolean wanted) throws Exception {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (answered(address) != wanted) {
            assertThat(System.nanoTime()).as("answers for " + address.cidr()).isLessThan(deadline);
        }
    }

    private static void awaitElements(int count) {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (elements() != count) {
            assertThat(System.nanoTime()).as("elements: " + elements()).isLessThan(deadline);
        }
    }

    private static void killNft() {
        ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("/nft"))
                .forEach(nft -> {
                    nft.destroyForcibly();
                    nft.onExit().join();
                });
    }

    private static void awaitRules(int count) {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (rules() != count) {
            assertThat(System.nanoTime()).as("rules: " + rules()).isLessThan(deadline);
        }
    }

    private static long rules() {
        return Command.line("nft list ruleset")
                .lines()
                .filter(line -> line.endsWith(" drop"))
                .count();
    }

    private static long elements() {
        return Command.line("nft list ruleset")
                .lines()
                .map(line -> line.replaceAll(".*elements = \\{", ""))
                .filter(line -> !line.contains("table") && !line.contains("dev "))
                .flatMap(line -> List.of(line.split("[ ,}]+", -1)).stream())
                .filter(word -> word.startsWith("10.") || word.startsWith("0x2001"))
                .count();
    }

    /** Asks on the other end of the cable and waits for a reply. */
    private static boolean answered(VirtualAddress address) throws Exception {
        return address.address() instanceof Inet4Address
                ? answered(
                        PacketSocket.ETH_P_ARP,
                        PacketFilter.builder().halfAt(20, 2).build(),
                        request(address))
                : answered(PacketSocket.ETH_P_IPV6, advertised(address), solicitation(address));
    }

    private static boolean answered(int protocol, PacketFilter reply, byte[] request) throws Exception {
        try (PacketSocket socket =
                PacketSocket.open(RouteRequests.indexOf("v1")).listen(protocol, reply)) {
            socket.send(request, request.length);
            return new Poller(socket).await(WAIT_MILLIS) && socket.receive() != PacketSocket.NOTHING;
        }
    }

    private static PacketFilter advertised(VirtualAddress target) {
        return PacketFilter.builder()
                .byteAt(20, Icmpv6.NUMBER)
                .byteAt(Icmpv6.OFFSET, Icmpv6.NEIGHBOR_ADVERTISEMENT)
                .byteAt(Icmpv6.OFFSET + 23, target.address().getAddress()[15])
                .build();
    }

    /** RFC 4861 section 4.3: 2001:db8::77 wants to know who has the address. */
    private static byte[] solicitation(VirtualAddress target) {
        byte[] address = target.address().getAddress();
        byte[] group = Lab.inet("ff02::1:ff00:0").getAddress();
        System.arraycopy(address, 13, group, 13, 3);
        byte[] message = ByteBuffer.allocate(32)
                .putLong(135L << 56)
                .put(address)
                .putShort((short) 0x0101)
                .put(ASKER_MAC)
                .array();
        return Icmpv6.toGroup(ASKER_MAC, "2001:db8::77", group, message);
    }

    /** RFC 826: 10.0.0.77 wants to know who has the address. */
    private static byte[] request(VirtualAddress address) {
        return ByteBuffer.allocate(42)
                .putLong(0xffff_ffff_ffff_0288L)
                .putInt(0x0000_0077)
                .putShort((short) 0x0806)
                .putShort((short) 1)
                .putShort((short) 0x0800)
                .putShort((short) 0x0604)
                .putShort((short) 1)
                .putShort((short) 0x0288)
                .putInt(0x0000_0077)
                .put(new byte[] {10, 0, 0, 77})
                .put(new byte[6])
                .put(address.address().getAddress())
                .array();
    }
}
