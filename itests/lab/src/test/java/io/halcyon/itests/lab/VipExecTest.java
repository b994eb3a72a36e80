package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An address that a script claims and releases: installed late, handed over, taken away by somebody, its plugin removed, stopped. */
@Tag("lab")
class VipExecTest {

    private static final String FEATURE = "halcyon-vip-exec";
    private static final String VIP = "192.168.88.50";
    private static final Router ROUTER = Router.version3(51, 100, VIP);
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private static final String SCRIPT =
            """
            #!/bin/sh
            # Exit status 1 of verify means "not here". A cloud takes its time for a claim.
            case $1 in
                claim) sleep 0.5; exec ip addr add "$2" dev "$3" ;;
                release) exec ip addr del "$2" dev "$3" ;;
                verify) [ -n "$(ip -o addr show dev "$3" to "${2%/*}")" ] ;;
            esac
            """;

    @Test
    void anAddressIsClaimedHandedOverRestoredAndReleasedByAScript() throws IOException {
        try (var pair = new Pair("lab-vip-exec", Pair.HALCYON, Pair.HALCYON, List.of(VIP))) {
            var a = node(pair, pair.a(), ROUTER);
            var b = node(pair, pair.b(), ROUTER.withPriority(90));

            a.start();
            awaitWaiting(a);
            assertThat(router(a)).contains("\"INIT\"");
            a.install(FEATURE);
            pair.awaitMaster(a, ROUTER, LIMIT);
            Await.until("the script has verified it", LIMIT, () -> a.json("vip:list")
                    .toString()
                    .contains("\"present\""));
            assertThat(a.json("vip:list").toString()).contains("\"vip cloud\"");
            assertThat(a.json("vrrp:explain", ROUTER.name()).toString())
                    .contains("vip manager cloud has no kernel lease");

            b.start();
            awaitWaiting(b);
            b.install(FEATURE);
            Await.until("h2 is a backup", LIMIT, () -> router(b).contains("\"BACKUP\""));
            long failover = Times.now();
            a.command("vrrp:failover", ROUTER.name()).orThrow();
            pair.awaitMaster(b, ROUTER, LIMIT);
            var service = pair.prober().of(VIP).between(failover, Times.now());
            System.out.printf("failover between two scripts: %s%n", service);
            assertThat(service.lost()).isZero();
            pair.addresses().awaitGone("h1", VIP, failover, LIMIT);

            pair.lab().host("h2").run("ip", "addr", "del", VIP + "/24", "dev", Lab.INTERFACE);
            Await.until("it is told", LIMIT, () -> b.log().contains(VIP + "/24 was removed by somebody else"));
            Await.until("it is back", LIMIT, () -> b.log().contains(VIP + "/24 is there again"));

            b.command("feature:uninstall", FEATURE).orThrow();
            assertThat(addresses(pair, "h2")).as("it left nothing behind").isEmpty();
            pair.awaitMaster(a, ROUTER, LIMIT);
            awaitWaiting(b);
            b.install(FEATURE);
            Await.until("h2 is a backup again", LIMIT, () -> router(b).contains("\"BACKUP\""));

            long stopped = Times.now();
            a.stop(LIMIT);
            pair.awaitMaster(b, ROUTER, LIMIT);
            var stop = pair.prober().of(VIP).between(stopped, Times.now());
            System.out.printf("planned stop between two scripts: %s%n", stop);
            assertThat(stop.lost()).isZero();
            assertThat(addresses(pair, "h1")).isEmpty();
            b.stop(LIMIT);
            assertThat(addresses(pair, "h2")).isEmpty();
        }
    }

    private static HalcyonNode node(Pair pair, Node node, Router router) throws IOException {
        var halcyon = (HalcyonNode) node;
        Path script = pair.lab().directory(node.host()).resolve("cloud");
        Files.writeString(script, SCRIPT);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        halcyon.configure(List.of(router));
        Files.writeString(halcyon.file(router), Files.readString(halcyon.file(router)) + "vip = cloud\n");
        Directories.write(
                halcyon.etc().resolve("io.halcyon.vip-cloud.cfg"),
                """
                type = exec
                claim = %1$s claim {cidr} {dev}
                release = %1$s release {cidr} {dev}
                verify = %1$s verify {cidr} {dev}
                timeout = 3
                verify.interval = 0.5
                """
                        .formatted(script));
        return halcyon;
    }

    private static void awaitWaiting(HalcyonNode node) {
        Await.until(node.host() + ": the router waits for its manager", LIMIT, () -> router(node)
                .contains("vip manager cloud is not installed"));
    }

    private static String addresses(Pair pair, String host) {
        return pair.lab().host(host).run("ip", "-o", "addr", "show", "to", VIP);
    }

    /** What it says of its router, or why it does not say anything yet. */
    private static String router(HalcyonNode node) {
        return node.command("vrrp:list", "-o", "json").output();
    }
}
