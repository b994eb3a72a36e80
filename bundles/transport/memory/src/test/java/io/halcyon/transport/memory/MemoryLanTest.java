package io.halcyon.transport.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.net.MacAddress;
import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.Channel;
import io.halcyon.spi.transport.ChannelListener;
import io.halcyon.spi.transport.Packet;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryLanTest {

    private static final long MILLI = 1_000_000;

    private long now;
    private final MemoryLan lan = new MemoryLan(() -> now, 42);
    private final Ear a = new Ear();
    private final Ear b = new Ear();
    private final Ear c = new Ear();

    @Test
    void nothingArrivesBeforeItsTime() throws Exception {
        lan.conditions(Conditions.PERFECT.withDelay(2 * MILLI, 2 * MILLI));
        Channel channel = open("a", a);
        open("b", b);

        channel.send(address(1), new byte[] {1});

        assertThat(lan.nextDelivery()).isEqualTo(2 * MILLI);
        lan.deliverUntil(2 * MILLI - 1);
        assertThat(b.heard).isEmpty();
        lan.deliverUntil(2 * MILLI);
        assertThat(b.heard).containsExactly("packet 1");
        assertThat(lan.nextDelivery()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void everybodyElseOnTheSegmentHears() throws Exception {
        Channel channel = open("a", a);
        open("b", b);
        open("c", c);
        Ear elsewhere = new Ear();
        lan.transport("d").open(link("eth1", 4), elsewhere);

        channel.send(address(1), new byte[] {1});
        lan.deliverUntil(now);

        assertThat(b.heard).containsExactly("packet 1");
        assertThat(c.heard).containsExactly("packet 1");
        assertThat(a.heard).isEmpty();
        assertThat(elsewhere.heard).isEmpty();
    }

    @Test
    void theSameSeedGivesTheSameOutcome() throws Exception {
        Conditions rough = new Conditions(0.3, 0.2, 0, 5 * MILLI, true);

        List<String> first = outcome(7, rough);

        assertThat(outcome(7, rough)).isEqualTo(first);
        assertThat(outcome(8, rough)).isNotEqualTo(first);
    }

    @Test
    void lossAndDuplicationAreAboutWhatWasAskedFor() throws Exception {
        assertThat(outcome(1, Conditions.PERFECT.withLoss(0.25))).hasSizeBetween(650, 850);
        assertThat(outcome(1, Conditions.PERFECT.withDuplication(0.25))).hasSizeBetween(1_150, 1_350);
        assertThat(outcome(1, Conditions.PERFECT.withLoss(1))).isEmpty();
    }

    @Test
    void framesOvertakeOnlyWhereTheyMay() throws Exception {
        Conditions slow = Conditions.PERFECT.withDelay(0, 50 * MILLI);
        List<String> inOrder =
                IntStream.range(0, 1_000).mapToObj(i -> "packet " + (byte) i).toList();

        assertThat(outcome(3, slow)).isEqualTo(inOrder);
        assertThat(outcome(3, slow.withReordering()))
                .isNotEqualTo(inOrder)
                .containsExactlyInAnyOrderElementsOf(inOrder);
    }

    @Test
    void aCutIsOneWayAndAnIslandIsAlone() throws Exception {
        Channel fromA = open("a", a);
        Channel fromB = open("b", b);
        open("c", c);

        lan.cut("a", "b");
        fromA.send(address(1), new byte[] {1});
        fromB.send(address(2), new byte[] {2});
        lan.deliverUntil(now);
        assertThat(b.heard).isEmpty();
        assertThat(a.heard).containsExactly("packet 2");

        lan.heal();
        lan.isolate("a", "b");
        fromA.send(address(1), new byte[] {3});
        lan.deliverUntil(now);
        assertThat(b.heard).containsExactly("packet 3");
        assertThat(c.heard).containsExactly("packet 1", "packet 2");
    }

    @Test
    void aFrozenNodeHearsLaterWhatItsQueueHeld() throws Exception {
        Channel channel = open("a", a);
        Channel frozen = open("b", b);
        lan.freeze("b");
        for (int i = 0; i < 1_200; i++) {
            channel.send(address(1), new byte[] {(byte) i});
        }
        lan.deliverUntil(now);
        assertThat(b.heard).isEmpty();

        frozen.drain();

        assertThat(b.heard).hasSize(1_000).startsWith("packet 0", "packet 1");
    }

    @Test
    void thawingHandsOver() throws Exception {
        Channel channel = open("a", a);
        open("b", b);
        lan.freeze("b");
        channel.send(address(1), new byte[] {1});
        lan.deliverUntil(now);

        lan.thaw("b");

        assertThat(b.heard).containsExactly("packet 1");
    }

    @Test
    void drainHandsOverWhatHasArrivedByTheClock() throws Exception {
        lan.conditions(Conditions.PERFECT.withDelay(MILLI, MILLI));
        Channel channel = open("a", a);
        Channel other = open("b", b);
        channel.send(address(1), new byte[] {1});

        other.drain();
        assertThat(b.heard).isEmpty();
        now = MILLI;
        other.drain();

        assertThat(b.heard).containsExactly("packet 1");
    }

    @Test
    void everythingSentIsOnRecordEvenIfItIsLost() throws Exception {
        List<Sent> witnessed = new ArrayList<>();
        lan.onSent(witnessed::add);
        lan.conditions(Conditions.PERFECT.withLoss(1));
        Channel channel = open("a", a);
        open("b", b);

        channel.send(address(1), new byte[] {1});
        now = 5;
        channel.announce(List.of(address(50)));

        Sent advert = new Sent.Advert(0, "a", "eth0", address(1), ByteBuffer.wrap(new byte[] {1}));
        Sent announcement = new Sent.Announcement(5, "a", "eth0", address(50));
        assertThat(lan.sent()).containsExactly(advert, announcement).isEqualTo(witnessed);
        assertThat(lan.adverts("a")).hasSize(1);
        assertThat(lan.announcements("a")).hasSize(1);
        assertThat(lan.adverts("b")).isEmpty();
        lan.forget();
        assertThat(lan.sent()).isEmpty();
    }

    @Test
    void aRefusedSendSaysWhyAndIsNotOnRecord() throws Exception {
        Channel channel = open("a", a);
        lan.refuseSends("a", "no buffer space");

        assertThatThrownBy(() -> channel.send(address(1), new byte[1]))
                .isInstanceOf(IOException.class)
                .hasMessage("no buffer space");
        assertThat(lan.sent()).isEmpty();

        lan.refuseSends("a", null);
        channel.send(address(1), new byte[1]);
        assertThat(lan.sent()).hasSize(1);
    }

    @Test
    void aBrokenChannelSaysSoAndHearsNothingMore() throws Exception {
        Channel channel = open("a", a);
        open("b", b);

        lan.breakChannels("b", "interface eth0 is gone");
        channel.send(address(1), new byte[] {1});
        lan.deliverUntil(now);

        assertThat(b.heard).containsExactly("broken interface eth0 is gone");
    }

    @Test
    void aForgedPacketArrivesAsItIs() throws Exception {
        open("b", b);
        List<Packet> packets = b.packets;

        lan.inject("b", new Packet(address(9), address(2), 64, ByteBuffer.wrap(new byte[] {5})));
        lan.deliverUntil(now);

        assertThat(packets).hasSize(1);
        assertThat(packets.get(0).ttl()).isEqualTo(64);
    }

    @Test
    void impossibleConditionsAreRefused() {
        assertThatThrownBy(() -> Conditions.PERFECT.withLoss(1.1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Conditions.PERFECT.withLoss(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Conditions.PERFECT.withDelay(2, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> outcome(long seed, Conditions conditions) throws Exception {
        long[] clock = {0};
        MemoryLan lan = new MemoryLan(() -> clock[0], seed);
        lan.conditions(conditions);
        Ear ear = new Ear();
        Channel channel = lan.transport("a").open(link("eth0", 1), new Ear());
        lan.transport("b").open(link("eth0", 2), ear);
        for (int i = 0; i < 1_000; i++) {
            clock[0] = i * MILLI;
            channel.send(address(1), new byte[] {(byte) i});
        }
        lan.deliverUntil(Long.MAX_VALUE - 1);
        return ear.heard;
    }

    private Channel open(String node, Ear ear) throws IOException {
        return lan.transport(node).open(link("eth0", node.charAt(0) - 'a' + 1), ear);
    }

    private static Link link(String name, int host) throws IOException {
        Link.Address address = new Link.Address(address(host), 24, true, false);
        return new Link(name, 2, new MacAddress(host), true, true, 1_500, true, List.of(address));
    }

    private static InetAddress address(int host) throws IOException {
        return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) host});
    }

    private static final class Ear implements ChannelListener {

        private final List<String> heard = new ArrayList<>();
        private final List<Packet> packets = new ArrayList<>();

        @Override
        public void onPacket(Packet packet) {
            packets.add(packet);
            heard.add("packet " + packet.message().get(0));
        }

        @Override
        public void onAnnouncement(InetAddress address, MacAddress mac) {
            heard.add("announcement " + address.getHostAddress());
        }

        @Override
        public void onConflict(InetAddress source, MacAddress mac) {
            heard.add("conflict " + source.getHostAddress());
        }

        @Override
        public void onStray(String kind) {
            heard.add("stray " + kind);
        }

        @Override
        public void onBroken(String cause) {
            heard.add("broken " + cause);
        }
    }
}
