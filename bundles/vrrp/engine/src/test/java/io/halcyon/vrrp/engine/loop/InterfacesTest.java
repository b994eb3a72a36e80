package io.halcyon.vrrp.engine.loop;

import static io.halcyon.vrrp.engine.loop.Lan.MILLI;
import static io.halcyon.vrrp.engine.loop.Lan.SECOND;
import static io.halcyon.vrrp.engine.loop.Lan.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.event.Event;
import io.halcyon.api.net.VirtualAddress;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.spi.link.Link;
import io.halcyon.transport.memory.Sent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Interfaces come, go, come back as others, lose their address; and some carry an address for a router elsewhere. */
class InterfacesTest {

    private static final String VIP = "10.0.0.201/32";
    private static final String ELSEWHERE = "10.1.0.9/32";

    private final Lan lan = new Lan();
    private final Lan.Node a = lan.node("a", 1);
    private final Lan.Node b = lan.node("b", 2);

    private void startBoth(RouterSettings first, RouterSettings second) {
        a.start(first);
        b.start(second);
        lan.pass(SECOND);
        assertThat(a.state()).isEqualTo(RouterState.MASTER);
        assertThat(b.state()).isEqualTo(RouterState.BACKUP);
        lan.wire.forget();
    }

    /** With a second address on {@code eth1}. */
    private static RouterSettings onTwoInterfaces(int priority) {
        RouterSettings one = settings(priority);
        return new RouterSettings(
                one.name(),
                one.networkInterface(),
                one.protocol(),
                one.advertised(),
                List.of(new VirtualAddress(Lan.address("10.1.0.9"), 32, "eth1", null, 0, null)),
                one.tracks(),
                one.transport(),
                one.vip(),
                one.leaseSeconds());
    }

    private void plugInEth1() {
        a.plug(a.link("eth1", 3, "10.1.0.1"));
        b.plug(b.link("eth1", 3, "10.1.0.2"));
    }

    private List<String> announcedOn(String node, String device) {
        return lan.wire.announcements(node).stream()
                .filter(announcement -> announcement.link().equals(device))
                .map(announcement -> announcement.address().getHostAddress())
                .toList();
    }

    @Test
    void anAddressIsAnnouncedOnTheInterfaceThatCarriesIt() {
        plugInEth1();
        a.start(onTwoInterfaces(100));
        lan.pass(SECOND);

        assertThat(announcedOn("a", "eth0")).hasSize(5).containsOnly("10.0.0.201");
        assertThat(announcedOn("a", "eth1")).hasSize(5).containsOnly("10.1.0.9");
    }

    @Test
    void anAddressElsewhereGoesAsSoonAsTheNewMasterAnnouncedItThere() {
        plugInEth1();
        startBoth(onTwoInterfaces(100), onTwoInterfaces(90));

        CompletableFuture<Void> stopped = a.loop.stopAll("planned stop", false);
        while (announcedOn("b", "eth1").isEmpty()) {
            lan.pass(MILLI);
        }
        lan.pass(15 * MILLI);
        assertThat(a.answersFor()).containsExactly(VIP, ELSEWHERE);
        lan.pass(6 * MILLI);

        assertThat(a.answersFor()).isEmpty();
        assertThat(b.answersFor()).containsExactly(VIP, ELSEWHERE);
        lan.pass(SECOND);
        assertThat(stopped).isDone();
    }

    @Test
    void afterAHandoverNobodyListensToAnnouncementsElsewhereAnyMore() {
        plugInEth1();
        startBoth(onTwoInterfaces(100), onTwoInterfaces(90));

        CompletableFuture<Void> asked = a.loop.failover("VI_1");
        lan.pass(SECOND);
        assertThat(asked).isCompleted();
        a.orders.clear();
        lan.pass(10 * SECOND);

        // Two bursts of five, and four while the one that leaves may answer still.
        assertThat(announcedOn("b", "eth1")).hasSize(14);
        assertThat(a.orders).isEmpty();
    }

    @Test
    void anAddressOnAnInterfaceThatIsMadeAgainIsAnnouncedAgain() {
        plugInEth1();
        startBoth(onTwoInterfaces(100), onTwoInterfaces(90));
        lan.pass(10 * SECOND);
        lan.wire.forget();

        a.plug(a.link("eth1", 8, "10.1.0.1"));
        lan.pass(SECOND);

        assertThat(a.state()).isEqualTo(RouterState.MASTER);
        assertThat(announcedOn("a", "eth1")).hasSize(5);
        assertThat(lan.wire.adverts("a")).hasSize(10);
    }

    @Test
    void anAddressOnAnInterfaceThatComesLateIsAnnouncedThen() {
        startBoth(onTwoInterfaces(100), onTwoInterfaces(90));
        lan.pass(10 * SECOND);

        plugInEth1();
        lan.pass(SECOND);

        assertThat(announcedOn("a", "eth1")).hasSize(5);
        assertThat(announcedOn("b", "eth1")).isEmpty();
    }

    @Test
    void anInterfaceThatWasMadeAgainIsJoinedAgain() {
        startBoth(settings(100), settings(90));
        lan.pass(10 * SECOND);
        lan.wire.forget();

        a.plug(a.link("eth0", 7, "10.0.0.1"));
        lan.pass(SECOND);

        assertThat(a.state()).isEqualTo(RouterState.MASTER);
        assertThat(lan.wire.adverts("a")).hasSize(10);
        assertThat(announcedOn("a", "eth0")).hasSize(5);
        assertThat(b.state()).isEqualTo(RouterState.BACKUP);
        b.start(settings(110));
        lan.pass(SECOND);
        assertThat(a.state()).as("it hears on the new one").isEqualTo(RouterState.BACKUP);
    }

    @Test
    void anInterfaceThatIsGoneForAWhileIsAFaultUntilItIsMadeAgain() {
        startBoth(settings(100), settings(90));

        a.unplug("eth0");
        lan.pass(SECOND);
        assertThat(a.state()).isEqualTo(RouterState.FAULT);
        assertThat(a.status("VI_1").cause()).isEqualTo("interface eth0 does not exist");
        assertThat(b.state()).isEqualTo(RouterState.MASTER);
        a.plug(a.link("eth0", 7, "10.0.0.1"));
        lan.pass(SECOND);

        assertThat(a.state()).isEqualTo(RouterState.MASTER);
        assertThat(a.answersFor()).containsExactly(VIP);
        assertThat(b.state()).isEqualTo(RouterState.BACKUP);
    }

    @Test
    void anInterfaceWithAnotherNameIsAnotherInterface() {
        startBoth(settings(100), settings(90));

        a.unplug("eth0");
        a.plug(a.link("wan0", 2, "10.0.0.1"));
        lan.pass(SECOND);
        assertThat(a.state()).isEqualTo(RouterState.FAULT);
        assertThat(a.status("VI_1").cause()).isEqualTo("interface eth0 does not exist");
        a.unplug("wan0");
        a.plug(a.link("eth0", 2, "10.0.0.1"));
        lan.pass(SECOND);

        assertThat(a.state()).isEqualTo(RouterState.MASTER);
        assertThat(b.state()).isEqualTo(RouterState.BACKUP);
    }

    @Test
    void anInterfaceWithoutAnAddressIsAFaultUntilItHasOne() {
        startBoth(settings(100), settings(90));
        List<Link.Address> before = a.eth0().addresses();

        a.addresses(List.of(new Link.Address(Lan.address("10.0.0.201"), 32, false, true)));
        lan.pass(SECOND);
        assertThat(a.state()).isEqualTo(RouterState.FAULT);
        assertThat(a.status("VI_1").cause()).isEqualTo("interface eth0 has no IPv4 address");
        assertThat(b.state()).isEqualTo(RouterState.MASTER);
        a.addresses(before);
        lan.pass(SECOND);

        assertThat(a.state()).isEqualTo(RouterState.MASTER);
        assertThat(b.state()).isEqualTo(RouterState.BACKUP);
    }

    @Test
    void whoSendsFromOurAddressIsToldOfOnceAMinute() {
        b.plug(b.link("eth0", 2, "10.0.0.1"));
        a.start(settings(100));
        b.start(settings("VI_2", 2, 100, 10, List.of()));
        lan.pass(30 * SECOND);

        assertThat(a.events)
                .filteredOn(Event.AddressConflict.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(Event.AddressConflict.class, conflict -> {
                    assertThat(conflict.object()).isEqualTo("eth0");
                    assertThat(conflict.address()).isEqualTo("10.0.0.1");
                    assertThat(conflict.what())
                            .isEqualTo("is our address on eth0, but 00:00:00:00:00:02 sends VRRP with it");
                });
        assertThat(a.status("VI_1").faults().get("OWN_ADDRESS")).isGreaterThan(200L);
        assertThat(a.state()).isEqualTo(RouterState.MASTER);
        lan.pass(40 * SECOND);
        assertThat(a.events).filteredOn(Event.AddressConflict.class::isInstance).hasSize(2);
        assertThat(lan.wire.sent()).anyMatch(Sent.Advert.class::isInstance);
    }
}
