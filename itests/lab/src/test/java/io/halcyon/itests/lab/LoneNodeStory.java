package io.halcyon.itests.lab;

import java.util.List;
import java.util.Map;

/** One supervised node: its launcher, a crash, and what can be wrong with an interface. */
final class LoneNodeStory {

    /** At intervals of 3 s a restart takes less than three of them however busy the machine is. */
    private static final Router SLOW =
            new Router("VI_1", 2, 51, 100, "3", List.of(LogStory.FIRST), "1111", false, "", 0);

    private LoneNodeStory() {}

    static void tell(LogStory story) {
        var directory = Distribution.root().resolve("itests/lab/target/labs/lone-story");
        try (var lab = Lab.create("lab-lone-story", directory, 1);
                var capture = Capture.of(lab);
                var node = new HalcyonNode(lab, "h1", Distribution.unpacked())) {
            var host = lab.host("h1");
            node.configure(List.of(SLOW));
            story.printed("launcher", () -> node.command("start").orThrow());
            capture.awaitAdvert("a master", 0, LogStory.LIMIT, advert -> advert.vrid() == SLOW.vrid());
            Await.until("the kernel has the address", LogStory.LIMIT, () -> host.run("ip", "-o", "addr")
                    .contains(LogStory.FIRST));
            story.chapter(
                    "resume", () -> host.shell("kill -9 $(cat %s/run/halcyon.pid)".formatted(HalcyonNode.BASE)), node);
            story.chapter("down", () -> host.run("ip", "link", "set", Lab.INTERFACE, "down"), node);
            host.run("ip", "link", "set", Lab.INTERFACE, "up");
            story.chapter(
                    "address",
                    () -> host.run("ip", "addr", "del", Lab.address("h1") + "/24", "dev", Lab.INTERFACE),
                    node);
            story.chapter("elsewhere", () -> elsewhere(node), node);
            story.chapter("flapping", () -> flap(host, node), node);
            story.chapter("by hand", () -> holdByHand(node), node);
            story.chapter("no type", () -> check(node, "chk_gone", "type = nobodys\n"), node);
            story.printed("ended", () -> node.command("stop").orThrow());
            host.run("ip", "addr", "add", Lab.address("h1") + "/24", "brd", "+", "dev", Lab.INTERFACE);
            story.chapter("no socket", () -> startWithoutRawSockets(host), node);
            node.command("stop").orThrow();
        }
    }

    private static void elsewhere(HalcyonNode node) {
        Directories.write(
                node.etc().resolve("io.halcyon.vrrp-VI_3.cfg"),
                "interface = ens99\nvirtual.router.id = 53\nvirtual.ipaddress = 192.168.88.70\n");
    }

    private static void check(HalcyonNode node, String name, String keys) {
        Directories.write(node.etc().resolve("io.halcyon.check-" + name + ".cfg"), keys);
    }

    private static void flap(Host host, HalcyonNode node) {
        host.shell("touch /run/thing");
        check(
                node,
                "chk_thing",
                "type = exec\nscript = /usr/bin/test -e /run/thing\ninterval = 60\nlog = all\nflap.changes = 3\n");
        Await.until(
                "the check is there",
                LogStory.LIMIT,
                () -> node.command("check:run", "chk_thing").exit() == 0);
        for (var next : List.of("rm", "touch", "rm")) {
            host.shell(next + " /run/thing");
            node.command("check:run", "chk_thing").orThrow();
        }
    }

    private static void holdByHand(HalcyonNode node) {
        node.command("check:force", "chk_thing", "up", "--for", "1m", "--reason", "trying")
                .orThrow();
        node.command("check:enable", "chk_thing").orThrow();
        node.command("check:disable", "chk_thing", "--reason", "trying").orThrow();
        node.command("check:enable", "chk_thing").orThrow();
        node.command("check:force", "chk_thing", "down", "--for", "1s", "--reason", "trying")
                .orThrow();
    }

    private static void startWithoutRawSockets(Host host) {
        var launcher = Distribution.unpacked().launcher().toString();
        host.run(
                        Map.of("HALCYON_BASE", HalcyonNode.BASE),
                        "",
                        List.of("setpriv", "--bounding-set", "-net_raw", "--inh-caps", "-net_raw", launcher, "start"))
                .orThrow();
    }
}
