package io.halcyon.itests.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A virtual server on nftables: its real servers, people's hands, and what can be wrong with the kernel, the host and the disk. */
final class LvsStory {

    /** Files stand for real servers that work. */
    private static final String WEB =
            """
            virtual.server = 192.168.88.80 80
            dataplane = nftables
            lvs.sched = rr
            delay.loop = 0.5
            retry = 0
            check.alive.type = exec
            check.alive.timeout = 5
            check.alive.script = /usr/bin/test -e /run/web1
            real.server.web1 = 192.168.88.201 80
            real.server.web2 = 192.168.88.202 80
            real.server.web2.check.alive.script = /usr/bin/test -e /run/web2
            """;

    private static final String UNUSED_CHECK =
            """
            virtual.server = 192.168.88.80 80
            dataplane = nftables
            lvs.sched = rr
            check.page.type = tcp
            real.server.web1 = 192.168.88.201 80
            real.server.web1.checks = none
            """;

    private static final String NEVER_GAINED =
            """
            virtual.server = 192.168.88.80 80
            dataplane = nftables
            lvs.sched = rr
            quorum = 5
            slow.start = 30
            real.server.web1 = 192.168.88.201 80
            real.server.web2 = 192.168.88.202 80
            """;

    private static final String DAMAGE = "it = \\uwhat";

    private LvsStory() {}

    static void tell(LogStory story) {
        var directory = Distribution.root().resolve("itests/lab/target/labs/lvs-story");
        try (var lab = Lab.create("lab-lvs-story", directory, 1);
                var node = new HalcyonNode(lab, "h1", Distribution.unpacked()).with("halcyon-lvs")) {
            var host = lab.host("h1");
            host.shell("touch /run/web1 /run/web2");
            web(node, WEB);
            node.start();
            awaitLog(node, "lvs=web UNKNOWN -> UP");
            node.stop(LogStory.LIMIT);
            var data = node.etc().resolveSibling("data");
            damage(data.resolve("overrides/lvs-web.cfg"));
            damage(data.resolve("lvs/web"));
            story.chapter("damage", node::start, node);
            serve(story, host, node);
            disturb(story, host, node);
            edit(story, node);
        }
    }

    private static void serve(LogStory story, Host host, HalcyonNode node) {
        Await.until("it is in the kernel", LogStory.LIMIT, () -> host.shell("nft list ruleset")
                .contains("192.168.88.80"));
        story.chapter("failures", () -> host.shell("rm /run/web1 /run/web2"), node);
        story.chapter("recovery", () -> host.shell("touch /run/web1 /run/web2"), node);
        story.chapter("drained", () -> decide(node), node);
    }

    private static void decide(HalcyonNode node) {
        node.command("lvs:drain", "web", "web1", "--deadline", "1s", "--for", "2s", "--reason", "trying")
                .orThrow();
        awaitLog(node, "its time is over");
        node.command("lvs:drain", "web", "web1").orThrow();
        node.command("lvs:undrain", "web", "web1").orThrow();
        node.command("lvs:weight", "web", "web1", "3").orThrow();
        node.command("lvs:weight", "web", "web1", "configured").orThrow();
    }

    private static void disturb(LogStory story, Host host, HalcyonNode node) {
        story.chapter("rival", () -> host.shell("nft delete table inet halcyon-lvs"), node);
        story.chapter("no nft", () -> host.shell("mount --bind /dev/null /usr/sbin/nft; rm /run/web1"), node);
        story.chapter("nft again", () -> host.shell("umount /usr/sbin/nft"), node);
    }

    private static void edit(LogStory story, HalcyonNode node) {
        story.chapter("refused", () -> web(node, WEB.replace("= rr", "= lc")), node);
        story.chapter("no plane", () -> web(node, WEB.replace("nftables", "ebpf")), node);
        story.chapter("warnings", () -> writeWhatIsHardlyMeant(node), node);
        story.chapter(
                "no router",
                () -> Directories.write(
                        node.etc().resolve("io.halcyon.lvs.node.cfg"),
                        "lvs.sync.daemon = " + Lab.INTERFACE + " VI_9\n"),
                node);
        story.chapter("leaves", () -> delete(file(node)), node);
    }

    private static void writeWhatIsHardlyMeant(HalcyonNode node) {
        web(node, NEVER_GAINED);
        awaitLog(node, "is never gained");
        web(node, UNUSED_CHECK);
    }

    private static void web(HalcyonNode node, String text) {
        Directories.write(file(node), text);
    }

    private static Path file(HalcyonNode node) {
        return node.etc().resolve("io.halcyon.lvs-web.cfg");
    }

    private static void damage(Path file) {
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Directories.write(file, DAMAGE + "\n");
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitLog(HalcyonNode node, String line) {
        Await.until(
                "\"" + line + "\" is logged", LogStory.LIMIT, () -> node.log().contains(line));
    }
}
