package io.halcyon.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.spi.vip.AddressSet;
import io.halcyon.spi.vip.VipManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every VIP manager must do. A manager's test extends it. */
public abstract class VipManagerContract {

    private static final int LEASE_SECONDS = 5;
    private static final long NO_HURRY = Long.MAX_VALUE;
    private static final long TOO_LATE = 1;

    private final VipRecorder heard = new VipRecorder();

    /** The manager under test; the same one during one test. */
    protected abstract VipManager manager();

    /** The interface that addresses go to. */
    protected abstract String interfaceName();

    /** One of many addresses, of either family. */
    protected abstract VirtualAddress address(int number);

    /** Whether the address is really there. */
    protected abstract boolean isThere(VirtualAddress address);

    /** Adds or removes an address behind the manager's back. */
    protected abstract void addForeign(VirtualAddress address);

    protected abstract void removeForeign(VirtualAddress address);

    @Test
    void installsWhatIsHeldAndAnnouncesAllOfIt() {
        AddressSet set = open("VI_1", heard);

        set.hold(addresses(20), LEASE_SECONDS, NO_HURRY);

        heard.awaitInstalled(20);
        assertThat(addresses(20)).allMatch(this::isThere);
        List<VirtualAddress> announced = new ArrayList<>();
        heard.installed().forEach(announced::addAll);
        assertThat(announced).containsExactlyElementsOf(addresses(20));
        assertThat(heard.installed().get(0)).as("the first is announced early").hasSizeLessThan(20);
    }

    @Test
    void aRehearsalHasNoEffectAndIsNotHeard() {
        AddressSet set = open("VI_1", heard);

        set.rehearse(addresses(3), LEASE_SECONDS);
        // Orders are carried out in turn: what follows it was not disturbed by it.
        set.hold(List.of(address(7)), LEASE_SECONDS, NO_HURRY);

        heard.awaitInstalled(1);
        assertThat(heard.installed()).containsExactly(List.of(address(7)));
        assertThat(heard.troubles()).isEmpty();
        assertThat(addresses(3)).noneMatch(this::isThere);
    }

    @Test
    void holdingAgainAnnouncesAgainAndRemovesWhatIsNoLongerWanted() {
        AddressSet set = open("VI_1", heard);
        set.hold(addresses(3), LEASE_SECONDS, NO_HURRY);
        heard.awaitInstalled(3);

        set.hold(addresses(2), LEASE_SECONDS, NO_HURRY);

        heard.awaitInstalled(5);
        heard.awaitReleased(1);
        assertThat(heard.released()).containsExactly(address(2));
        assertThat(isThere(address(2))).isFalse();
        assertThat(addresses(2)).allMatch(this::isThere);
    }

    @Test
    void releasesOneByOneAndAlsoWhatItNeverHeld() {
        AddressSet set = open("VI_1", heard);
        set.hold(addresses(3), LEASE_SECONDS, NO_HURRY);
        heard.awaitInstalled(3);

        set.release(List.of(address(1)));
        set.release(List.of(address(7)));

        heard.awaitReleased(2);
        assertThat(heard.released()).containsExactly(address(1), address(7));
        assertThat(isThere(address(1))).isFalse();
        assertThat(isThere(address(0))).isTrue();
        assertThat(isThere(address(2))).isTrue();
        assertThat(heard.troubles()).isEmpty();
    }

    @Test
    void dropsOrdersThatComeTooLate() {
        AddressSet set = open("VI_1", heard);

        set.hold(addresses(3), LEASE_SECONDS, TOO_LATE);
        heard.awaitLate(1);
        assertThat(addresses(3)).noneMatch(this::isThere);

        set.hold(addresses(3), LEASE_SECONDS, NO_HURRY);
        heard.awaitInstalled(3);
        set.renew(TOO_LATE);
        heard.awaitLate(2);
        assertThat(heard.sequence()).doesNotContain("renewed");
    }

    @Test
    void renewsALeaseAndOnlyALease() {
        AddressSet set = open("VI_1", heard);
        set.renew(NO_HURRY);
        set.hold(addresses(2), 0, NO_HURRY);
        heard.awaitInstalled(2);
        set.renew(NO_HURRY);
        set.hold(addresses(2), LEASE_SECONDS, NO_HURRY);
        heard.awaitInstalled(4);
        assertThat(heard.sequence()).doesNotContain("renewed");

        set.renew(NO_HURRY);

        heard.awaitRenewals(1);
    }

    @Test
    void bringsBackWhatSomebodyElseRemovesAndReportsIt() {
        open("VI_1", heard).hold(addresses(3), LEASE_SECONDS, NO_HURRY);
        heard.awaitInstalled(3);

        removeForeign(address(1));

        heard.awaitInstalled(4);
        assertThat(isThere(address(1))).isTrue();
        assertThat(heard.troubles())
                .hasSize(2)
                .allMatch(trouble -> trouble.startsWith(address(1).cidr()));
    }

    @Test
    void leavesForeignAddressesAlone() {
        addForeign(address(0));
        AddressSet set = open("VI_1", heard);

        set.hold(addresses(2), LEASE_SECONDS, NO_HURRY);
        heard.awaitInstalled(2);
        set.release(addresses(2));
        heard.awaitReleased(2);

        assertThat(isThere(address(0))).isTrue();
        assertThat(isThere(address(1))).isFalse();
        assertThat(heard.troubles())
                .singleElement()
                .asString()
                .startsWith(address(0).cidr());
    }

    @Test
    void anAddressOfTwoRoutersStaysUntilBothAreDone() {
        VipRecorder other = new VipRecorder();
        AddressSet first = open("VI_1", heard);
        AddressSet second = open("VI_2", other);
        first.hold(addresses(1), LEASE_SECONDS, NO_HURRY);
        heard.awaitInstalled(1);
        second.hold(addresses(1), LEASE_SECONDS, NO_HURRY);
        other.awaitInstalled(1);

        first.release(addresses(1));
        heard.awaitReleased(1);
        assertThat(isThere(address(0))).isTrue();
        second.release(addresses(1));
        other.awaitReleased(1);

        assertThat(isThere(address(0))).isFalse();
    }

    @Test
    void closingAnAccountRemovesNothing() {
        AddressSet set = open("VI_1", heard);
        set.hold(addresses(3), LEASE_SECONDS, NO_HURRY);
        heard.awaitInstalled(3);

        set.close();

        // Orders are carried out in turn: when this one is done, the closing is.
        open("VI_2", heard).release(List.of(address(9)));
        heard.awaitReleased(1);
        assertThat(addresses(3)).allMatch(this::isThere);
    }

    private AddressSet open(String owner, VipRecorder recorder) {
        return manager().open(owner, interfaceName(), recorder);
    }

    private List<VirtualAddress> addresses(int count) {
        List<VirtualAddress> addresses = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            addresses.add(address(number));
        }
        return addresses;
    }
}
