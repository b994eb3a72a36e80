package io.halcyon.transport.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.net.MacAddress;
import io.halcyon.linux.socket.Poller;
import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.Channel;
import io.halcyon.spi.transport.ChannelListener;
import io.halcyon.spi.transport.Transport;
import io.halcyon.testkit.ChannelRecorder.Heard;
import io.halcyon.testkit.Command;
import io.halcyon.testkit.FrameTap;
import io.halcyon.testkit.TwoHosts;
import io.halcyon.testkit.WireContract;
import io.halcyon.transport.raw.RawTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What the kernel and the other host see of a pcap channel. */
class PcapWireTest extends WireContract {

    private static final int ICMP = 1;
    private static final byte UNREACHABLE = 3;
    private static final byte PROTOCOL = 2;
    private static final byte PORT = 3;
    private static final int PATIENCE_MILLIS = 5_000;
    private static final long MICRO_NANOS = 1_000;
    /** What waited longer, waited for a process that stood still. */
    private static final long RECENT_NANOS = 20_000_000;

    @Override
    protected Transport transport() {
        return new PcapTransport();
    }

    @Override
    protected Channel openQuiet(Link link, ChannelListener listener) throws IOException {
        return PcapChannel.openQuiet(Libpcap.OF_THE_SYSTEM, link, listener);
    }

    @Test
    void aCaptureAloneJoinsNoGroup() throws Exception {
        try (Capture alone = Capture.open(Libpcap.OF_THE_SYSTEM, TwoHosts.LEFT, 128, 1 << 16, Advertisements.FILTER)) {
            assertThat(alone.descriptor()).isPositive();
            assertThat(TwoHosts.procNet("igmp")).contains(TwoHosts.LEFT).doesNotContain("120000E0");
        }
    }

    @Test
    void aFrameSaysForHowLongItHasWaited() throws Exception {
        try (FrameTap wire = tap();
                Capture capture = hosts().onRight(() ->
                        Capture.open(Libpcap.OF_THE_SYSTEM, TwoHosts.RIGHT, 128, 1 << 16, Advertisements.FILTER))) {
            long shortly = 5_000_000;
            long within = Long.MAX_VALUE;
            while (within > RECENT_NANOS) { // for the case that somebody else has the processors
                long sent = System.nanoTime();
                waitFor(wire, capture, shortly);
                long age = capture.ageNanos();
                within = System.nanoTime() - sent;
                if (within <= RECENT_NANOS) {
                    assertThat(age).isBetween(shortly - MICRO_NANOS, RECENT_NANOS);
                }
            }

            waitFor(wire, capture, 2 * RECENT_NANOS);
            assertThat(capture.ageNanos()).isZero();
        }
    }

    /** Lets an advert lie in the queue for so long. */
    private void waitFor(FrameTap wire, Capture capture, long nanos) throws Exception {
        wire.send(Crafted.advert(hosts()).octets());
        assertThat(new Poller(capture).await(PATIENCE_MILLIS)).isTrue();
        long arrived = System.nanoTime();
        while (System.nanoTime() - arrived < nanos) {
            LockSupport.parkNanos(nanos);
        }
        assertThat(capture.receive()).isNotNull();
    }

    @Test
    void aUnicastAdvertIsHeardAndNotAnsweredWithAnError() throws Exception {
        try (FrameTap wire = tap()) {
            try (Channel right = openRight()) {
                wire.send(Crafted.advert(hosts()).to(rightAddress()).octets());

                assertThat(rightHears.awaitPacket().destination()).isEqualTo(rightAddress());
                // An answer to the datagram would come after one to the advert.
                sendDatagram("10.0.0.2");
                assertUnreachable(wire.next(ICMP), PORT);
                right.drain();
            }
            // The guard: without the channel's raw socket the kernel does answer.
            wire.send(Crafted.advert(hosts()).to(rightAddress()).octets());
            assertUnreachable(wire.next(ICMP), PROTOCOL);
        }
    }

    @Test
    void theFirewallOfTheHostIsBypassed() throws Exception {
        hosts().onRight(() -> Command.run(
                "nft", "table ip closed { chain arriving { type filter hook input priority 0; policy drop; }; }"));
        try (Channel left = openLeft();
                Channel right = openRight();
                Channel raw = hosts().onRight(() -> new RawTransport().open(hosts().right(), leftHears))) {
            left.send(leftAddress(), MESSAGE);

            assertThat(rightHears.awaitPacket().source()).isEqualTo(leftAddress());
            right.drain();
            raw.drain();
            assertThat(leftHears.heard()).as("what the raw socket hears").isEmpty();
        }
    }

    @Test
    void rawAndPcapHearEachOther() throws Exception {
        try (Channel left = new RawTransport().open(hosts().left(), leftHears);
                Channel right = openRight()) {
            right.watchAnnouncements(List.of(leftAddress()));
            left.send(leftAddress(), MESSAGE);
            left.announce(List.of(leftAddress()));
            right.send(rightAddress(), MESSAGE);

            assertThat(rightHears.awaitPacket().message()).isEqualTo(ByteBuffer.wrap(MESSAGE));
            assertThat(leftHears.awaitPacket().message()).isEqualTo(ByteBuffer.wrap(MESSAGE));
            rightHears.await(Heard.Announcement.class, 1);
            assertThat(leftHears.heard()).hasSize(1);
        }
    }

    /** The kernel spares a socket what it sent itself, not what others of the host did. */
    @Test
    void whatThisHostSendsOverAnotherTransportIsNoConflict() throws Exception {
        try (Channel left = openLeft();
                Channel beside = new RawTransport().open(hosts().left(), rightHears);
                Channel right = openRight()) {
            beside.send(leftAddress(), MESSAGE);
            right.send(rightAddress(), MESSAGE);

            leftHears.awaitPacket();
            left.drain();
            assertThat(leftHears.heard()).hasSize(1);
        }
    }

    /** libpcap without immediate mode hands nothing over until a block of its is full or its time is up. */
    @Test
    void aPacketIsHandedOverAtOnce() throws Exception {
        try (Channel left = openLeft();
                Channel right = openRight()) {
            long best = Long.MAX_VALUE;
            for (int i = 1; i <= 20; i++) {
                long before = System.nanoTime();
                left.send(leftAddress(), MESSAGE);
                rightHears.await(Heard.Vrrp.class, i);
                best = Math.min(best, System.nanoTime() - before);
            }
            right.drain();

            assertThat(best).isLessThan(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    @Test
    void anAdvertOfAVlanBelongsToAnotherInterface() throws Exception {
        onlyTheLastIsHeard(Crafted.advert(hosts()).tagged(7));
    }

    @Test
    void aTagWithNothingButAPriorityIsTakenOff() throws Exception {
        try (FrameTap wire = tap();
                Channel right = openRight()) {
            wire.send(Crafted.advert(hosts()).tagged(0xe000).octets());

            assertThat(rightHears.awaitPacket().message()).isEqualTo(ByteBuffer.wrap(MESSAGE));
            right.drain();
        }
    }

    @Test
    void aFrameForSomebodyElseIsNotHeardByAPromiscuousInterface() throws Exception {
        hosts().onRight(() -> Command.run("ip", "link", "set", TwoHosts.RIGHT, "promisc", "on"));

        onlyTheLastIsHeard(Crafted.advert(hosts()).toMac(0x02_00_00_00_00_77L));
    }

    @Test
    void aPacketThatIsRoutedOnIsNotHeard() throws Exception {
        onlyTheLastIsHeard(Crafted.advert(hosts()).to(InetAddress.getByName("10.9.9.9")));
    }

    @Test
    void aFragmentIsNotHeard() throws Exception {
        onlyTheLastIsHeard(Crafted.advert(hosts()).fragment());
    }

    @Test
    void aDamagedHeaderIsAStray() throws Exception {
        try (FrameTap wire = tap();
                Channel right = openRight()) {
            wire.send(Crafted.advert(hosts()).damaged().octets());

            rightHears.await(Heard.Stray.class, 1);
            right.drain();
            assertThat(rightHears.heard()).containsExactly(new Heard.Stray("wrong header checksum"));
        }
    }

    /** A change of the filter puts what is queued through the new one. */
    @Test
    void whatCameBeforeTheWatchChangedIsNotLost() throws Exception {
        try (Channel left = openLeft();
                Channel right = hosts().onRight(() -> openQuiet(hosts().right(), rightHears))) {
            right.watchAnnouncements(List.of(leftAddress()));
            left.announce(List.of(leftAddress()));

            right.watchAnnouncements(List.of());

            assertThat(rightHears.heard(Heard.Announcement.class)).hasSize(1);
        }
    }

    @Test
    void loopbackIsRefused() {
        Link loopback = new Link("lo", 1, new MacAddress(0), true, true, 65_536, true, List.of());

        assertThatThrownBy(() -> transport().open(loopback, leftHears))
                .isInstanceOf(IOException.class)
                .hasMessage("it has no link-layer address, use transport = raw there");
    }

    @Test
    void aMissingLibraryIsSaidByItsPackageAndTheNextAttemptWorks() throws Exception {
        Transport without = new PcapTransport(new Libpcap("pcap-that-nobody-has"));

        assertThatThrownBy(() -> without.open(hosts().left(), leftHears))
                .isInstanceOf(IOException.class)
                .hasMessage("libpcap-that-nobody-has is missing or damaged;"
                        + " it is in the Debian package libpcap0.8 (apt-get install libpcap0.8)");
        assertThat(TwoHosts.procNet("igmp")).doesNotContain("120000E0");
        openLeft().close();
    }

    private FrameTap tap() {
        return new FrameTap(hosts().left().index(), FrameTap.IPV4).incoming();
    }

    private void onlyTheLastIsHeard(Crafted first) throws Exception {
        try (FrameTap wire = tap();
                Channel right = openRight()) {
            wire.send(first.octets());
            wire.send(Crafted.advert(hosts()).octets());

            rightHears.awaitPacket();
            right.drain();
            assertThat(rightHears.heard()).hasSize(1);
            assertThat(rightHears.packets().get(0).destination().isMulticastAddress())
                    .isTrue();
        }
    }

    private static void assertUnreachable(ByteBuffer frame, byte code) {
        assertThat(frame.get(34)).as("ICMP type").isEqualTo(UNREACHABLE);
        assertThat(frame.get(35)).as("ICMP code").isEqualTo(code);
    }
}
