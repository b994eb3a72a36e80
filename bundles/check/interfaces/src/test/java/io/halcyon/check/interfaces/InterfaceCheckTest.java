package io.halcyon.check.interfaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.check.Health;
import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.testkit.Await;
import io.halcyon.testkit.Command;
import io.halcyon.testkit.HealthCheckContract;
import io.halcyon.testkit.InNetworkNamespace;
import io.halcyon.testkit.Keys;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With real interfaces in a namespace of their own; the contract's own thread looks at the machine's {@code lo}. */
class InterfaceCheckTest extends HealthCheckContract<InterfaceKeys> {

    @Override
    protected HealthCheckFactory<InterfaceKeys> factory() {
        return new InterfaceCheckFactory();
    }

    @Override
    protected Map<String, Object> working() {
        return keys("lo", "address", new String[] {"127.0.0.1"});
    }

    @Override
    protected Map<String, Object> failing() {
        return keys("no-such-one");
    }

    @Override
    protected Map<String, Object> hanging() {
        return Map.of();
    }

    @Override
    protected Map<String, Object> senseless() {
        return keys("a,b", "quorum", "3");
    }

    @Test
    @InNetworkNamespace
    void upDownAndPulledAreToldApart() throws Exception {
        cable();

        assertThat(look(keys("v0")).reason()).isEqualTo("v0 is fine");
        Command.line("ip link set v1 down");
        assertThat(look(keys("v0")).health()).isEqualTo(Health.DOWN);
        assertThat(look(keys("v0")).reason()).isEqualTo("v0 has no carrier");
        assertThat(look(keys("v0", "carrier", false)).health()).isEqualTo(Health.UP);
        Command.line("ip link set v0 down");
        assertThat(look(keys("v0", "carrier", false)).reason()).isEqualTo("v0 is down");
        Command.line("ip link del v0");
        assertThat(look(keys("v0")).reason()).isEqualTo("v0 does not exist");
    }

    @Test
    @InNetworkNamespace
    void speedAndDuplexAreLookedAt() throws Exception {
        cable();

        assertThat(look(keys("v0", "speed.min", 10_000, "duplex.full", true)).health())
                .isEqualTo(Health.UP);
        assertThat(look(keys("v0", "speed.min", 40_000)).reason()).isEqualTo("v0 has 10000 Mbit/s, speed.min is 40000");
        assertThat(look(keys("lo", "speed.min", 10)).reason()).isEqualTo("lo has an unknown speed, speed.min is 10");
        assertThat(look(keys("lo", "duplex.full", true)).reason()).isEqualTo("lo is not full duplex");
    }

    @Test
    @InNetworkNamespace
    void addressesAreLookedFor() throws Exception {
        cable();
        Command.line("ip addr add 192.0.2.7/24 dev v0");
        Command.line("ip addr add 2001:db8::7/64 dev v0 nodad");

        for (var there : new String[] {
            "192.0.2.7", "192.0.2.0/24", "192.0.0.0/22", "0.0.0.0/0", "2001:db8::7", "2001:db8::/32", "ipv4", "ipv6"
        }) {
            assertThat(look(keys("v0", "address", new String[] {there})).health())
                    .as(there)
                    .isEqualTo(Health.UP);
        }
        for (var missing : new String[] {"192.0.2.8", "192.0.3.0/24", "2001:db8::8", "2001:db9::/32", "::/64"}) {
            assertThat(look(keys("v0", "address", new String[] {"ipv4", missing}))
                            .reason())
                    .isEqualTo("v0 has no address " + missing);
        }
        assertThat(look(keys("v1", "address", new String[] {"192.0.2.7"})).health())
                .as("it is on the other one")
                .isEqualTo(Health.DOWN);
    }

    @Test
    @InNetworkNamespace
    void anAddressWithoutUseDoesNotCount() throws Exception {
        cable();
        Command.line("ip addr add fe80::7/64 dev v0 nodad");
        assertThat(look(keys("v0", "address", new String[] {"ipv6"})).health())
                .as("link-local")
                .isEqualTo(Health.DOWN);
        // Detection of duplicates begins when there is a carrier, and not before.
        Command.line("ip link set v1 down");
        Command.line("ip addr add 2001:db8::7/64 dev v0");
        assertThat(look(keys("v0", "carrier", false, "address", new String[] {"ipv6"}))
                        .reason())
                .as("tentative")
                .isEqualTo("v0 has no address ipv6");
    }

    @Test
    @InNetworkNamespace
    void oneOfSeveralIsEnoughIfAsked() throws Exception {
        cable();

        assertThat(look(keys("v0,gone", "quorum", "any")).reason())
                .isEqualTo("1 of 2 interfaces are fine (quorum 1): gone does not exist");
        assertThat(look(keys("v0,gone", "quorum", "any")).health()).isEqualTo(Health.UP);
        assertThat(look(keys("v0,gone")).health()).isEqualTo(Health.DOWN);
        assertThat(look(keys("v0,v1,gone", "quorum", "2")).health()).isEqualTo(Health.UP);
        assertThat(look(keys("v0,v1")).reason()).isEqualTo("2 of 2 interfaces are fine (quorum 2)");
        assertThat(look(keys("v0,v1,gone", "quorum", "2")).details()).containsEntry("gone", "does not exist");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"192.0.2", "192.0.2.300", "192.0.2.0/33", "192.0.2.0/", "::/129", "example.org", "fe80::1%lo", ""
            })
    void anotherAddressIsRefused(String address) {
        assertThatThrownBy(() -> check(keys("lo", "address", new String[] {address})))
                .hasMessage("address = " + address
                        + " is refused: allowed is an address, a network such as 192.0.2.0/24, ipv4 or ipv6");
    }

    @ParameterizedTest
    @CsvSource({"0", "none", "3", "-1"})
    void anotherQuorumIsRefused(String quorum) {
        assertThatThrownBy(() -> check(keys("a,b", "quorum", quorum)))
                .hasMessage("quorum = " + quorum + " is refused: allowed is all, any, or 1-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a/b", "sixteen-letters-", ""})
    void anotherNameIsRefused(String name) {
        assertThatThrownBy(() -> check(keys(name)))
                .hasMessageStartingWith("interface = " + name + " is refused: allowed is ");
    }

    /** The kernel tells an operational state some time after the command that changes it. */
    private static void cable() throws Exception {
        Command.line("ip link add v0 type veth peer name v1");
        Command.line("ip link set v0 up");
        Command.line("ip link set v1 up");
        for (var end : new String[] {"v0", "v1"}) {
            Await.until(end + " has a carrier", () -> Command.line("ip -o link show dev " + end)
                    .contains("state UP"));
        }
    }

    private static Map<String, Object> keys(String names, Object... more) {
        var keys = new HashMap<String, Object>(Map.of("interface", names.split(",", -1)));
        for (int i = 0; i < more.length; i += 2) {
            keys.put((String) more[i], more[i + 1]);
        }
        return keys;
    }

    private CheckResult look(Map<String, Object> keys) throws InterruptedException {
        return check(keys).look(5_000);
    }

    private BlockingCheck check(Map<String, Object> keys) {
        return (BlockingCheck) factory().create("t", Keys.of(InterfaceKeys.class, keys));
    }
}
