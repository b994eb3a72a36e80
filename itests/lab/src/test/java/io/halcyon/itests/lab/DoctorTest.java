package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * {@code ha:doctor} beside a keepalived that is master: nothing is found where nothing is wrong; then faults are made, several at
 * once, and each is found, nothing else is, and its own cure, typed as it stands, heals it.
 */
@Tag("lab")
@Isolated("the kernel ends its bridges and macvlans under one lock for the addresses of all hosts")
class DoctorTest {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final String VIP = "192.168.88.50";
    private static final Router FAST = Router.version3(51, 100, VIP);
    private static final Router OLD =
            new Router("VI_52", 2, 52, 100, "1", List.of("192.168.88.60"), "1111", false, "", 0);
    private static final Router CAPTURED = Router.version3(53, 100, "192.168.88.70");
    private static final Router BRIDGED = Router.version3(54, 100, "10.9.0.50");

    private HalcyonNode node;
    private Consultation doctor;
    private KeepalivedNode peer;
    private Host host;
    private Host other;

    @Test
    void everyFaultIsFoundAndHealedByItsCureAndNothingElseIsFound() throws IOException {
        var directory = Distribution.root().resolve("itests/lab/target/labs/doctor");
        try (var lab = Lab.create("lab-doctor", directory, 2);
                var halcyon = new HalcyonNode(lab, "h1", Distribution.unpacked());
                var keepalived = new KeepalivedNode(lab, "h2")) {
            node = halcyon;
            peer = keepalived;
            host = lab.host("h1");
            doctor = new Consultation(node, host);
            other = lab.host("h2");
            peer.configure(List.of(FAST.withPriority(110), OLD.withPriority(110)));
            peer.start();
            node.configure(List.of(FAST, OLD));
            script("check", "755");
            script("other", "755");
            script("third", "755");
            Directories.write(etc("check-web"), "type = nginx\ninterval = 1\n");
            node.start();
            awaitBackups();

            cleanBill();
            firewall();
            kernelSettings(lab);
            otherServicesAndFiles();
            programs();
            peers();
            cleanBill();
            node.stop(LIMIT);
        }
    }

    private void cleanBill() {
        var diagnosis = node.json("ha:doctor");
        assertThat(diagnosis.get("findings")).as("%s", diagnosis).isEmpty();
        assertThat(diagnosis.get("notExamined")).as("%s", diagnosis).isEmpty();
        assertThat(diagnosis.get("examined").toString())
                .contains(
                        "firewall",
                        "rp_filter",
                        "arp",
                        "IGMP snooping",
                        "network services",
                        "SELinux",
                        "programs",
                        "scripts",
                        "clock",
                        "peers");
    }

    private void firewall() {
        host.shell(
                """
                nft add table inet site
                nft add chain inet site in '{ type filter hook input priority 0; policy drop; }'
                nft add rule inet site in ct state established,related accept
                nft add rule inet site in tcp dport 22 accept
                nft add chain inet site out '{ type filter hook output priority 0; policy accept; }'
                nft add rule inet site out ip daddr 224.0.0.0/4 counter drop
                """);
        Await.until("it hears nobody and is master, too", LIMIT, () -> node.log()
                .contains("VI_51 vrid=51 BACKUP -> MASTER"));

        var findings = doctor.finds(
                new Consultation.Expected(
                        "CRITICAL", "VI_51, VI_52 on ens33", "policy drop of chain in of table inet site"),
                new Consultation.Expected(
                        "CRITICAL", "VI_51, VI_52 on ens33", "in chain out of table inet site; it has counted"));
        var text = node.command("ha:doctor").orThrow();
        assertThat(text)
                .startsWith("2 findings\n\nCRITICAL  VI_51, VI_52 on ens33\n")
                .contains("\n  cure    nft insert rule");
        doctor.cure(findings);
        awaitBackups();
        doctor.findsNothing();
    }

    /** A second interface in the subnet, which has the way back; the kernel really drops and does not answer. */
    private void kernelSettings(Lab lab) {
        host.shell("echo 8 >/proc/sys/net/ipv4/conf/ens33/arp_ignore");
        assertThat(answers(lab, "0.3")).as("its address is answered for").isFalse();
        host.shell(
                """
                ip link add mv0 link ens33 type macvlan mode bridge
                ip addr add 192.168.88.200/24 dev mv0
                ip link set mv0 up
                ip route del 192.168.88.0/24 dev ens33
                cd /proc/sys/net/ipv4/conf/ens33
                echo 1 >rp_filter; echo 1 >arp_filter
                ip link set dev ens33 arp off
                """);
        Await.until("the kernel drops what comes in", LIMIT, () -> host.shell("nstat -saz TcpExtIPReversePathFilter")
                .matches("(?s).*IPReversePathFilter +[1-9].*"));

        var findings = doctor.finds(
                new Consultation.Expected(
                        "CRITICAL",
                        "VI_51, VI_52 on ens33",
                        "rp_filter is 1 (all 0, ens33 1), strict, and the way back"),
                new Consultation.Expected("CRITICAL", "VI_51, VI_52 on ens33", "arp_filter is 1"),
                new Consultation.Expected("CRITICAL", "VI_51, VI_52 on ens33", "ens33 has ARP switched off"),
                new Consultation.Expected("CRITICAL", "VI_51, " + VIP + "/24 on ens33", "arp_ignore is 8"),
                new Consultation.Expected("CRITICAL", "VI_52, 192.168.88.60/24 on ens33", "arp_ignore is 8"));
        doctor.cure(findings);
        assertThat(answers(lab, "3")).as("its address is answered for").isTrue();
        awaitBackups();
        doctor.findsNothing();
        host.shell("ip link del mv0; ip route replace 192.168.88.0/24 dev ens33 src 192.168.88.129");
    }

    /** Whether the client learns by ARP where the host is, and is refused by the port that its firewall lets in. */
    private static boolean answers(Lab lab, String seconds) {
        return lab.client()
                .shell("ip neigh flush all; timeout %s bash -c ': </dev/tcp/%s/22' 2>&1 || true"
                        .formatted(seconds, Lab.address("h1")))
                .contains("refused");
    }

    /** Services and modules that no namespace can have are shown by the files that they write. */
    private void otherServicesAndFiles() {
        host.shell(
                """
                index=$(ip -o link show ens33 | cut -d: -f1)
                mkdir -p /run/fake /run/systemd/netif/links /run/systemd/network /run/NetworkManager/devices
                cp /bin/sleep /run/fake/systemd-networkd; cp /bin/sleep /run/fake/NetworkManager
                /run/fake/systemd-networkd 300 >/dev/null 2>&1 & echo $! >/run/fake/pids
                /run/fake/NetworkManager 300 >/dev/null 2>&1 & echo $! >>/run/fake/pids
                printf 'ADMIN_STATE=configured\\nNETWORK_FILE=/run/systemd/network/10.network\\n' >/run/systemd/netif/links/$index
                printf '[Match]\\nName=ens33\\n[Network]\\nDHCP=yes\\n' >/run/systemd/network/10.network
                printf '[device]\\nmanaged=true\\n' >/run/NetworkManager/devices/$index
                mount -t tmpfs tmpfs /sys/fs; mount -t tmpfs tmpfs /sys/module; mount -t tmpfs tmpfs /var/log
                mkdir -p /sys/fs/selinux /sys/module/apparmor/parameters /var/log/audit
                echo 1 >/sys/fs/selinux/enforce; echo Y >/sys/module/apparmor/parameters/enabled
                now=$(date +%s); pid=$(cat /run/halcyon/run/halcyon.pid)
                echo "type=AVC msg=audit($now.1:7): avc:  denied  { create } for  pid=$pid comm=\\"java\\" scontext=system_u:system_r:init_t:s0 tcontext=system_u:system_r:init_t:s0 tclass=rawip_socket permissive=0" >/var/log/audit/audit.log
                echo "h1 kernel: audit: type=1400 audit($now.2:8): apparmor=\\"DENIED\\" operation=\\"exec\\" profile=\\"halcyon\\" name=\\"/run/scripts/check\\" pid=9 comm=\\"java\\"" >/var/log/kern.log
                chmod 644 /run/scripts/check; chmod 777 /run/scripts/other
                printf '#!/bin/sh\\r\\nexit 0\\r\\n' >/run/scripts/third
                awk '{ $22 -= 360000; print }' /proc/$pid/stat >/run/fake/stat
                mount --bind /run/fake/stat /proc/$pid/stat
                """);

        var findings = doctor.finds(
                new Consultation.Expected(
                        "WARNING", "VI_51, VI_52 on ens33", "systemd-networkd manages ens33 (ADMIN_STATE=configured)"),
                new Consultation.Expected("INFO", "VI_51, VI_52 on ens33", "NetworkManager manages ens33"),
                new Consultation.Expected("CRITICAL", "SELinux", "create on rawip_socket"),
                new Consultation.Expected(
                        "CRITICAL", "AppArmor", "exec on /run/scripts/check for java by profile halcyon"),
                new Consultation.Expected("CRITICAL", "check check, script = /run/scripts/check", "not executable"),
                new Consultation.Expected(
                        "CRITICAL", "check other, script = /run/scripts/other", "can be changed by others"),
                new Consultation.Expected(
                        "CRITICAL", "check third, script = /run/scripts/third", "line ends of another system"),
                new Consultation.Expected("INFO", "clock", "the wall clock was set about 360"));
        doctor.cure(findings.stream()
                .filter(finding -> finding.get("object").asText().startsWith("check "))
                .toList());
        host.shell(
                """
                umount /proc/$(cat /run/halcyon/run/halcyon.pid)/stat
                umount /sys/fs /sys/module /var/log
                echo 'KeepConfiguration=yes' >>/run/systemd/network/10.network
                sed -i s/true/false/ /run/NetworkManager/devices/*
                """);
        doctor.findsNothing();
        host.shell("kill $(cat /run/fake/pids)");
    }

    /** What is installed is hidden; another router's interface is a bridge that snoops, and new to the firewall. */
    private void programs() throws IOException {
        var library = PcapTransportTest.library();
        host.run("mount", "--bind", "/dev/null", library.toString());
        host.run("mount", "--bind", "/dev/null", "/usr/sbin/nginx");
        host.shell("ip link add br9 type bridge; ip addr add 10.9.0.1/24 dev br9; ip link set br9 up");
        Directories.write(node.file(CAPTURED), CAPTURED.halcyon() + "transport = pcap\n");
        Directories.write(node.file(BRIDGED), BRIDGED.halcyon().replace("ens33", "br9"));
        Await.until(
                "both routers are there",
                LIMIT,
                () -> node.log().contains("VI_53 configured by") && node.log().contains("VI_54 configured by"));

        var findings = doctor.finds(
                new Consultation.Expected("CRITICAL", "VI_53 on ens33", "transport pcap is not installed"),
                new Consultation.Expected("CRITICAL", "VI_53 (transport = pcap)", "libpcap is missing or damaged"),
                new Consultation.Expected("CRITICAL", "check web (type = nginx)", "nginx is not installed"),
                new Consultation.Expected("CRITICAL", "VI_54 on br9", "policy drop of chain in of table inet site"),
                new Consultation.Expected("CRITICAL", "VI_54 on br9", "in chain out of table inet site"),
                new Consultation.Expected("INFO", "VI_54 on br9", "bridge br9 snoops for multicast"));
        doctor.cure(findings.stream()
                .filter(finding -> finding.get("object").asText().startsWith("VI_54"))
                .toList());
        host.run("umount", library.toString());
        host.run("umount", "/usr/sbin/nginx");
        doctor.finds(new Consultation.Expected("CRITICAL", "VI_53 on ens33", "transport pcap is not installed"));
        Files.delete(node.file(CAPTURED));
        Files.delete(node.file(BRIDGED));
        Await.until("both routers are gone", LIMIT, () -> node.json("vrrp:list").size() == 2);
        doctor.findsNothing();
    }

    private void peers() {
        node.command("vrrp:priority", FAST.name(), "110").orThrow();
        doctor.cure(doctor.finds(new Consultation.Expected(
                "WARNING", "VI_51 on ens33", Lab.address("h2") + " is master with priority 110, which is ours, too")));

        peer.configure(List.of(
                FAST.withPriority(110).withInterval("0.3").withAddresses(List.of(VIP, "192.168.88.51")),
                new Router("VI_52", 2, 52, 110, "1", OLD.addresses(), "2222", false, "", 0)));
        peer.reload();
        awaitCounted("AUTH_FAILURE");
        doctor.finds(
                new Consultation.Expected("WARNING", "VI_51 on ens33", "ours is advert.int = 0.1, followed is 300 ms"),
                new Consultation.Expected(
                        "WARNING", "VI_51 on ens33", Lab.address("h2") + " advertises other addresses than ours"),
                new Consultation.Expected("CRITICAL", "VI_52 on ens33", "a peer has another password"));
        peerAgrees();
        doctor.findsNothing();

        peerIsDeaf();

        peer.configure(List.of(
                new Router("VI_51", 2, 51, 110, "1", FAST.addresses(), "", false, "", 0),
                new Router("VI_52", 2, 52, 110, "2", OLD.addresses(), "1111", false, "", 0)));
        peer.reload();
        awaitCounted("VERSION_MISMATCH");
        awaitCounted("VI_52.*INTERVAL_MISMATCH");
        doctor.finds(
                new Consultation.Expected("CRITICAL", "VI_51 on ens33", "a peer speaks another version of VRRP"),
                new Consultation.Expected("CRITICAL", "VI_52 on ens33", "a peer has another advertisement interval"));

        peerAgrees();
    }

    /** It hears us no more, so it stays master when we are, too. */
    private void peerIsDeaf() {
        other.shell(
                "nft add table inet deaf; nft add chain inet deaf in '{ type filter hook input priority 0; policy drop; }'");
        node.command("vrrp:priority", FAST.name(), "120").orThrow();
        Await.until(
                "two masters",
                LIMIT,
                () -> node.json("vrrp:show", FAST.name()).get("state").asText().equals("MASTER"));
        doctor.finds(
                new Consultation.Expected("CRITICAL", "VI_51 on ens33", "another host advertises as master beside us"));
        other.shell("nft delete table inet deaf");
        node.command("vrrp:priority", FAST.name(), "100").orThrow();
        awaitBackups();
    }

    private void peerAgrees() {
        peer.configure(List.of(FAST.withPriority(110), OLD.withPriority(110)));
        peer.reload();
        awaitBackups();
    }

    private void awaitCounted(String fault) {
        Await.until(fault + " is counted", LIMIT, () -> node.json("vrrp:list")
                .toString()
                .matches(".*" + fault + ".*"));
    }

    private void awaitBackups() {
        Await.until("both routers are backups of the peer", LIMIT, () -> {
            var routers = node.command("vrrp:list", "-o", "json").output();
            return routers.split("\"state\":\"BACKUP\"", -1).length == 3
                    && routers.split("\"masterPriority\":110", -1).length == 3;
        });
    }

    private void script(String name, String mode) {
        host.shell("mkdir -p /run/scripts; printf '#!/bin/sh\\n' >/run/scripts/%1$s; chmod %2$s /run/scripts/%1$s"
                .formatted(name, mode));
        Directories.write(etc("check-" + name), "type = exec\nscript = /run/scripts/" + name + "\n");
    }

    private Path etc(String object) {
        return node.etc().resolve("io.halcyon." + object.toLowerCase(Locale.ROOT) + ".cfg");
    }
}
