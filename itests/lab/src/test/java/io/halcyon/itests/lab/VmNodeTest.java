package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Halcyon as it ships, on a kernel that has IPVS: what its files and its router say reaches the kernel. */
@Tag("vm")
@Timeout(300)
class VmNodeTest {

    private static final Path DIRECTORY = Distribution.root().resolve("itests/lab/target/labs/vm-node");
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Router ROUTER = Router.version2(51, 100, "192.168.88.100");

    @Test
    void synchronizationFollowsItsRouterAndServersArriveAsTheyAreWritten() {
        try (var lab = Lab.create("lab-vm-node", DIRECTORY, 1);
                var node = new HalcyonNode(lab, "h1", Distribution.unpacked()).with("halcyon-lvs")) {
            var host = lab.host("h1");
            lab.cut("h1");
            node.write(ROUTER);
            write(node, ".node", "lvs.sync.daemon = ens33 VI_51 id 51\nlvs.timeouts = tcp 7200\n");
            write(
                    node,
                    "-web",
                    """
                    virtual.server = 192.168.88.100 80
                    lvs.method = DR
                    real.server.one = 192.168.88.201 80
                    real.server.one.weight = 3
                    real.server.two = 192.168.88.202 80
                    real.server.two.lvs.method = TUN ipip
                    """);
            node.start();
            try {
                awaitRole(node, host, "learned", 1, "backup");
                lab.heal("h1");
                awaitRole(node, host, "told", 1, "master");
                lab.cut("h1");
                awaitRole(node, host, "learned", 2, "backup");

                assertThat(ipvsadm(host, "-Sn").lines().map(String::strip))
                        .containsExactlyInAnyOrder(
                                "-A -t 192.168.88.100:80 -s wlc",
                                "-a -t 192.168.88.100:80 -r 192.168.88.201:80 -g -w 3",
                                "-a -t 192.168.88.100:80 -r 192.168.88.202:80 -i -w 1 --tun-type ipip");
                assertThat(ipvsadm(host, "-L", "--timeout")).contains("7200 120 300");
                assertSaysWhatServersNeed(node);
            } catch (LabException | AssertionError failure) {
                throw new AssertionError(node.output() + node.log(), failure);
            }
        }
    }

    private static void assertSaysWhatServersNeed(HalcyonNode node) {
        var explained = node.command("lvs:explain", "web", "-o", "json").orThrow();

        assertThat(explained)
                .contains("DR: 192.168.88.201 have 192.168.88.100/32 on lo")
                .contains("net.ipv4.conf.all.arp_ignore = 1 and net.ipv4.conf.all.arp_announce = 2")
                .contains("net.ipv4.conf.all.rp_filter are 0 or 2 on 192.168.88.202")
                .contains("an MTU of 1520 from here to 192.168.88.202");
    }

    /** The log first: asking the kernel takes the processor from who boots. */
    private static void awaitRole(HalcyonNode node, Host host, String said, int times, String role) {
        Await.until(
                "connections are " + said,
                LIMIT,
                () -> node.log()
                                .lines()
                                .filter(line -> line.contains("connections are " + said + " on ens33"))
                                .count()
                        >= times);
        Await.until("synchronization as " + role, LIMIT, () -> ipvsadm(host, "-L", "--daemon")
                .startsWith(role + " sync daemon (mcast=ens33, syncid=51,"));
    }

    private static String ipvsadm(Host host, String... words) {
        return host.run(Stream.concat(Stream.of("ipvsadm"), Stream.of(words)).toArray(String[]::new));
    }

    private static void write(HalcyonNode node, String name, String keys) {
        Directories.write(node.etc().resolve("io.halcyon.lvs" + name + ".cfg"), keys);
    }
}
