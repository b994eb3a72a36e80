package io.halcyon.vrrp.engine.loop;

import static io.halcyon.vrrp.engine.loop.Lan.MILLI;
import static io.halcyon.vrrp.engine.loop.Lan.SECOND;
import static io.halcyon.vrrp.engine.loop.Lan.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.spi.link.Link;
import io.halcyon.vrrp.protocol.RouterConfig;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A master that is alone, and the addresses it holds. */
class HeldAddressesTest {

    private static final String VIP = "10.0.0.201/32";

    private final Lan lan = new Lan();
    private final Lan.Node a = lan.node("a", 1);

    @Test
    void aHoldThatWasDroppedComesAgainAlsoWithoutALease() {
        a.blockVips(true);
        a.start(withoutLease(settings(100)));
        lan.pass(900 * MILLI);

        a.blockVips(false);
        assertThat(a.answersFor()).as("it was too late for it").isEmpty();
        lan.pass(110 * MILLI);

        assertThat(a.orders).endsWith("hold");
        assertThat(a.kernel).containsKey(VIP);
    }

    @Test
    void asLongAsAddressesAreMissingEachAdvertisementProlongsTheOrder() {
        a.blockVips(true);
        a.start(settings(100));
        lan.pass(900 * MILLI);
        assertThat(a.state()).isEqualTo(RouterState.MASTER);
        int before = a.proven.size();

        lan.pass(100 * MILLI);
        assertThat(a.proven).as("once more").hasSize(before + 1);
        assertThat(a.proven.get(before) - a.boottimeNanos()).isBetween(100 * MILLI, 200 * MILLI);

        a.blockVips(false);
        lan.pass(200 * MILLI);
        assertThat(a.kernel).containsKey(VIP);
        int then = a.proven.size();
        lan.pass(SECOND);
        assertThat(a.proven).as("nothing is missing").hasSize(then);
    }

    private static RouterSettings withoutLease(RouterSettings settings) {
        return new RouterSettings(
                settings.name(),
                settings.networkInterface(),
                settings.protocol(),
                settings.advertised(),
                settings.excluded(),
                settings.tracks(),
                settings.transport(),
                settings.vip(),
                0);
    }

    @Test
    void whatDoesNotFitAnyMoreIsNotAdvertisedButStays() {
        a.start(withAddresses(200));
        lan.pass(SECOND);
        assertThat(a.kernel).hasSize(200);

        Link eth0 = a.eth0();
        a.plug(new Link(
                eth0.name(), eth0.index(), eth0.mac(), true, true, 576, eth0.promoteSecondaries(), eth0.addresses()));
        lan.pass(SECOND);

        assertThat(a.state()).isEqualTo(RouterState.MASTER);
        assertThat(a.kernel).hasSize(200);
    }

    private static RouterSettings withAddresses(int count) {
        RouterSettings one = settings(100);
        RouterConfig config = one.protocol();
        List<VirtualAddress> all = IntStream.range(0, count)
                .mapToObj(i -> VirtualAddress.of(Lan.address("10.1.0." + i)))
                .toList();
        return new RouterSettings(
                one.name(),
                one.networkInterface(),
                new RouterConfig(
                        config.vrid(),
                        config.version(),
                        config.priority(),
                        config.advertIntervalCentis(),
                        true,
                        0,
                        3,
                        null,
                        config.checksumForm(),
                        all.stream().map(VirtualAddress::address).toList(),
                        config.garp()),
                all,
                List.of(),
                List.of(),
                "memory",
                "memory",
                2);
    }

    @Test
    void whatIsReachableIsAnnouncedBeforeItIsThereAndNotAgainThen() {
        a.blockVips(true);
        a.start(withAddresses(200));
        lan.pass(900 * MILLI);
        lan.wire.forget();

        a.reachable(withAddresses(200).addresses());
        assertThat(lan.wire.announcements("a"))
                .as("once, by the thread that made them reachable")
                .hasSize(200);
        lan.pass(MILLI);
        assertThat(a.kernel).isEmpty();
        assertThat(lan.wire.announcements("a")).hasSize(1_000);

        a.blockVips(false);
        lan.pass(200 * MILLI);
        assertThat(a.kernel).hasSize(200);
        assertThat(lan.wire.announcements("a")).hasSize(1_000);
    }

    @Test
    void whatWaitsToBeAnnouncedWaitsOnAfterAFreezeUntilItIsSureThatNobodyElseIsMaster() {
        List<VirtualAddress> all = withAddresses(200).addresses();
        a.blockVips(true);
        a.start(withAddresses(200));
        lan.pass(900 * MILLI);
        a.reachable(all);
        lan.wire.forget();

        a.freeze(true);
        lan.pass(250 * MILLI);
        // Its announcing thread goes on before its loop does.
        a.loop.work();
        assertThat(lan.wire.announcements("a")).isEmpty();

        a.freeze(false);
        a.blockVips(false);
        lan.pass(110 * MILLI);
        assertThat(a.state()).isEqualTo(RouterState.MASTER);
        assertThat(lan.wire.announcements("a")).hasSize(1_000);
    }

    @Test
    void whatWaitsToBeAnnouncedIsForgottenWhenAnotherBecameMasterMeanwhile() {
        a.blockVips(true);
        a.start(withAddresses(200));
        lan.pass(900 * MILLI);
        Lan.Node b = lan.node("b", 2);
        b.start(withAddresses(200));
        lan.pass(110 * MILLI);
        a.reachable(withAddresses(200).addresses());

        a.freeze(true);
        lan.pass(SECOND);
        assertThat(b.state()).isEqualTo(RouterState.MASTER);
        lan.wire.forget();
        a.loop.work();
        a.freeze(false);
        lan.pass(SECOND);

        assertThat(a.state()).isEqualTo(RouterState.BACKUP);
        assertThat(lan.wire.announcements("a")).isEmpty();
    }

    @Test
    void whatIsReachableWithoutATakeoverIsNotAnnounced() {
        a.start(settings(100));
        lan.pass(100 * MILLI);

        a.reachable(settings(100).addresses());
        lan.pass(100 * MILLI);

        assertThat(a.state()).isEqualTo(RouterState.BACKUP);
        assertThat(lan.wire.announcements("a")).isEmpty();
    }

    @Test
    void anAddressThatIsOnlyHeldIsAnnouncedAlsoWhenItComesBack() {
        VirtualAddress more = VirtualAddress.of(Lan.address("10.0.0.99"));
        a.start(excluding(List.of(more)));
        lan.pass(SECOND);
        a.start(excluding(List.of()));
        lan.pass(SECOND);
        lan.wire.forget();

        a.start(excluding(List.of(more)));
        lan.pass(100 * MILLI);

        assertThat(lan.wire.announcements("a"))
                .filteredOn(announcement -> announcement.address().equals(more.address()))
                .hasSize(5);
    }

    private static RouterSettings excluding(List<VirtualAddress> excluded) {
        RouterSettings one = settings(100);
        return new RouterSettings(
                one.name(),
                one.networkInterface(),
                one.protocol(),
                one.advertised(),
                excluded,
                one.tracks(),
                one.transport(),
                one.vip(),
                one.leaseSeconds());
    }
}
