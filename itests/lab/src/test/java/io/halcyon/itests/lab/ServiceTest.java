package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The service as {@code install-service} makes it: an ordinary user with five capabilities, under a service manager. */
@Tag("lab")
class ServiceTest {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final String VIP = "192.168.88.50";
    private static final String HOME = "/run/installed";
    private static final String UNIT = "/run/units/halcyon.service";
    private static final long PATIENCE_MILLIS = 3_000;

    /** Bits 10 NET_BIND_SERVICE, 12 NET_ADMIN, 13 NET_RAW, 14 IPC_LOCK, 23 SYS_NICE. */
    private static final String FIVE = "0000000000807400";

    /** ProtectSystem=full in a mount namespace of the service's own. */
    private static final String PROTECTED =
            "exec unshare --mount bash -euc 'for place in /usr /boot /etc; do [ ! -d $place ] ||"
                    + " { mount --rbind $place $place; mount -o remount,bind,ro $place; }; done; ";

    private static final Router ROUTER = new Router("VI_51", 3, 51, 100, "0.1", List.of(VIP), "", false, "", 0);

    @Test
    void runsWithoutRootTellsTheManagerAndLeavesNothingBehind() {
        var directory = Distribution.root().resolve("itests/lab/target/labs/service");
        try (var lab = Lab.create("lab-service", directory, 1);
                var capture = Capture.of(lab);
                var prober = new Prober(lab, capture, List.of(VIP));
                var node = new HalcyonNode(lab, "h1", Distribution.unpacked());
                var manager = new ServiceManagerStandIn(lab, "h1")) {
            var host = lab.host("h1");
            node.configure(List.of(ROUTER));
            Directories.write(
                    node.etc().resolve("io.halcyon.check-slow.cfg"),
                    "type = exec\nscript = /bin/sleep 20\ninterval = 30\ntimeout = 25\n");
            installed(host);
            assertThat(host.shell(
                            "head -n 1 /run/share/man/man1/halcyon.1 /run/share/bash-completion/completions/halcyon"))
                    .contains(".TH HALCYON", "Completion of halcyon");
            int before = processes(host);

            var service =
                    host.launch(Map.of(), directory.resolve("service.out"), List.of("bash", "-c", asTheUnitSays(host)));
            manager.await("READY=1", LIMIT);
            manager.await("STATUS=VI_51 MASTER", LIMIT);
            prober.awaitAnswer(VIP, "h1", 0, LIMIT);
            Await.until(
                    "the check's command runs",
                    LIMIT,
                    () -> host.shell("pgrep -x sleep || true").length() > 1);
            Await.until(
                    "signs of life", LIMIT, () -> manager.heard("WATCHDOG=1").size() > 3);
            host.shell("nft add table inet site");
            host.shell("nft add chain inet site in '{ type filter hook input priority 0; policy accept; }'");
            host.shell("echo 'touch /run/owned' >>%s/etc/halcyon.env".formatted(HalcyonNode.BASE));
            var doctor = doctor(host);
            host.shell("printf '#!/bin/sh\\ntouch /run/halcyon/data/opened\\n' >/run/open.sh; chmod 777 /run/open.sh");
            Directories.write(
                    node.etc().resolve("io.halcyon.check-web.cfg"),
                    "type = nginx\nrestart.command = /usr/sbin/nginx -v\n");
            Directories.write(
                    node.etc().resolve("io.halcyon.check-open.cfg"),
                    "type = exec\nscript = /run/open.sh\ninterval = 1\n");
            Await.until(
                    "what anybody may write is refused",
                    LIMIT,
                    () -> node.log()
                            .contains(
                                    "check=open UNKNOWN, refused to run with capabilities: /run/open.sh (owner root, mode 777)"));
            var faults = doctor(host);
            var user = host.shell("ps -o user= -p $(cat /run/halcyon/run/halcyon.pid)")
                    .strip();
            var rights = host.shell("grep ^Cap /proc/$(cat /run/halcyon/run/halcyon.pid)/status");
            var mounts = host.shell("cat /proc/$(cat /run/halcyon/run/halcyon.pid)/mountinfo");
            host.shell("kill -TERM $(cat /run/halcyon/run/halcyon.pid)");
            int exit = service.exit(LIMIT);

            assertThat(user).isEqualTo("nobody");
            assertThat(rights).contains("CapEff:\t" + FIVE, "CapBnd:\t" + FIVE);
            assertThat(mounts).contains(" /usr ro,", " /etc ro,");
            assertThat(host.shell("ls /run"))
                    .as("root runs nothing of the user's")
                    .doesNotContain("owned");
            assertThat(host.shell("ls /run/halcyon/data")).doesNotContain("opened");
            assertThat(doctor)
                    .contains("firewall: ", "advertisements get in and out", "\"findings\":[],\"notExamined\":[]");
            assertThat(faults)
                    .contains(
                            "check open, script = /run/open.sh",
                            "check web, restart.command = /usr/sbin/nginx",
                            "halcyon runs under a service manager, and would start nginx itself");
            assertThat(manager.heard("STOPPING=1")).hasSize(1);
            assertThat(exit).isIn(0, 143);
            var signs = manager.heard("WATCHDOG=1");
            assertThat(IntStream.range(1, signs.size())
                            .mapToDouble(i -> Times.millis(
                                    signs.get(i - 1).at(), signs.get(i).at())))
                    .allMatch(millis -> millis < PATIENCE_MILLIS);
            assertThat(host.shell("ip addr show dev " + Lab.INTERFACE)).doesNotContain(VIP);
            assertThat(processes(host))
                    .as("processes in the host: %s", host.shell("ps ax"))
                    .isEqualTo(before);
            assertThat(host.shell("nft list ruleset")).doesNotContain("halcyon");
        }
    }

    @Test
    void anInstanceThatIsNewIsItsUsersAndNobodyElseTouchesIt() {
        var directory = Distribution.root().resolve("itests/lab/target/labs/service-new");
        try (var lab = Lab.create("lab-service-new", directory, 1)) {
            var host = lab.host("h1");
            host.shell("umask 022; mkdir -p %1$s /run/units && mount --bind '%2$s' %1$s"
                    .formatted(HOME, Distribution.unpacked().home()));
            var halcyon = "env HALCYON_ARCHIVE=off HALCYON_BASE=/run/new/instance %s/bin/halcyon ".formatted(HOME);
            var asUser = "setpriv --reuid=nobody --regid=nogroup --clear-groups -- ";
            var install = halcyon + "install-service --user nobody --to /run/units --share /run/share";

            host.shell(install);
            host.shell(
                    asUser + "sh -c 'echo \"touch /run/new/instance/data/owned\" >>/run/new/instance/etc/halcyon.env'");
            host.shell(install);

            assertThat(host.shell("stat -c %a /run/share/man")).isEqualToIgnoringNewLines("755");
            assertThat(outcome(host, halcyon + "restart"))
                    .isEqualToIgnoringNewLines(
                            "halcyon: this instance is nobody's: start it as that user, or with systemctl"
                                    + " if it is a service 77");
            assertThat(outcome(host, "setpriv --reuid=daemon --clear-groups -- " + halcyon + "status"))
                    .isEqualToIgnoringNewLines(
                            "halcyon: this instance is nobody's: only that user and root may ask for it 77");
            assertThat(outcome(host, asUser + halcyon + "status"))
                    .contains("is stopped")
                    .endsWith(" 3\n");
            var owned = "ls /run/new/instance/data/owned";
            assertThat(outcome(host, owned))
                    .as("root runs nothing of the user's")
                    .endsWith(" 2\n");
            host.shell(asUser + halcyon + "archive || true");
            assertThat(outcome(host, owned)).as("its own user runs it").endsWith(" 0\n");
        }
    }

    private static String doctor(Host host) {
        return host.shell("HALCYON_BASE=%s %s/bin/halcyon ha:doctor -o json".formatted(HalcyonNode.BASE, HOME));
    }

    private static String outcome(Host host, String command) {
        return host.shell("code=0; (" + command + ") >/run/said 2>&1 || code=$?; echo $(cat /run/said) $code");
    }

    /** Its parents need not let an ordinary user in, so the installation is shown at a place of its own. */
    private static void installed(Host host) {
        host.shell(
                """
                mkdir -p %1$s /run/units /run/rules
                mount --bind '%2$s' %1$s
                HALCYON_BASE=%3$s %1$s/bin/halcyon install-service --user nobody --to /run/units --share /run/share --rules /run/rules
                """
                        .formatted(HOME, Distribution.unpacked().home(), HalcyonNode.BASE));
    }

    private static int processes(Host host) {
        return (int) host.shell("ps ax -o pid=,comm= | grep -vE ' (ps|bash|grep)$' || true")
                .lines()
                .count();
    }

    @Test
    void theUnitSaysWhatAServiceOfThisKindNeeds() {
        var directory = Distribution.root().resolve("itests/lab/target/labs/service-unit");
        try (var lab = Lab.create("lab-service-unit", directory, 1);
                var node = new HalcyonNode(lab, "h1", Distribution.unpacked())) {
            var host = lab.host(node.host());
            installed(host);
            var unit = host.shell("cat " + UNIT);
            var sections = unit.split("\\[Service\\]", 2);

            assertThat(sections[0]).as("a crash series never ends for good").contains("\nStartLimitIntervalSec=0\n");
            assertThat(value(unit, "Type")).isEqualTo("notify");
            assertThat(value(unit, "NotifyAccess")).isEqualTo("main");
            assertThat(value(unit, "WatchdogSec")).isEqualTo("10");
            assertThat(value(unit, "Restart")).isEqualTo("on-failure");
            assertThat(value(unit, "RestartSec")).isEqualTo("100ms");
            assertThat(value(unit, "KillMode")).isEqualTo("mixed");
            assertThat(value(unit, "ProtectSystem")).isEqualTo("full");
            assertThat(value(unit, "ReadWritePaths")).isEqualTo(HalcyonNode.BASE);
            assertThat(value(unit, "Alias")).isEqualTo("keepalived.service");
            for (var key : List.of("AmbientCapabilities", "CapabilityBoundingSet")) {
                assertThat(value(unit, key).split(" "))
                        .as(key)
                        .containsExactlyInAnyOrder(
                                "CAP_NET_ADMIN", "CAP_NET_RAW", "CAP_NET_BIND_SERVICE", "CAP_SYS_NICE", "CAP_IPC_LOCK");
            }
            assertThat(host.shell("stat -c '%a %U' /run/rules/50-halcyon.rules; cat /run/rules/50-halcyon.rules"))
                    .startsWith("644 root\n")
                    .contains("subject.user == \"nobody\"", "\"nginx.service\", \"haproxy.service\"");
            assertThat(unit).as("nothing is left to fill in").doesNotContain("%");
        }
    }

    /** What systemd makes of the unit's lines, done with setpriv(1), and with unshare(1) for ProtectSystem. */
    private static String asTheUnitSays(Host host) {
        var unit = host.shell("cat " + UNIT);
        return PROTECTED
                + "exec setpriv --reuid=%1$s --regid=%2$s --clear-groups --inh-caps=%3$s --ambient-caps=%3$s --bounding-set=%4$s env %5$s NOTIFY_SOCKET=%6$s WATCHDOG_USEC=%7$d HALCYON_CONSOLE=OFF %8$s'"
                        .formatted(
                                value(unit, "User"),
                                value(unit, "Group"),
                                setprivOf(value(unit, "AmbientCapabilities")),
                                setprivOf(value(unit, "CapabilityBoundingSet")),
                                value(unit, "Environment"),
                                ServiceManagerStandIn.SOCKET,
                                PATIENCE_MILLIS * 1000,
                                value(unit, "ExecStart"));
    }

    private static String setprivOf(String capabilities) {
        return "-all,"
                + List.of(capabilities.split(" ")).stream()
                        .map(name -> "+" + name.replace("CAP_", "").toLowerCase(java.util.Locale.ROOT))
                        .reduce((one, other) -> one + "," + other)
                        .orElseThrow();
    }

    private static String value(String unit, String key) {
        return unit.lines()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .findFirst()
                .orElseThrow(() -> new LabException("no " + key + " in the unit"));
    }
}
