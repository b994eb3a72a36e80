package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A running node with two secrets: who can read what it writes, talk to it, or see the secrets. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecurityTest {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final String ROUTER_SECRET = "Zq7-Xw9K";
    private static final String MAIL_SECRET = "mEi9-tLr4-Vb2x";
    private static final Router ROUTER =
            new Router("VI_51", 2, 51, 100, "1", List.of("192.168.88.50"), ROUTER_SECRET, false, "", 0);

    /** TCP's state LISTEN in /proc/net/tcp. */
    private static final String LISTEN = "0A";

    private Lab lab;
    private Capture capture;
    private MailCatcher mails;
    private HalcyonNode node;
    private Path base;
    private List<Path> written;

    @BeforeAll
    void startANode() throws IOException {
        lab = Lab.create("lab-security", Distribution.root().resolve("itests/lab/target/labs/security"), 1);
        capture = Capture.of(lab);
        mails = new MailCatcher().listen(lab.host("h1"), "127.0.0.1", 25);
        node = new HalcyonNode(lab, "h1", Distribution.unpacked());
        base = node.etc().getParent();
        lab.host("h1").shell("umask 077; echo %s >/run/mail.password".formatted(MAIL_SECRET));
        node.configure(List.of(ROUTER));
        configureMail("ops", "smtp.password.file = /run/mail.password");
        written = files(node.etc()).toList();
        node.command("start").orThrow();
        capture.awaitAdvert("a master", 0, LIMIT, advert -> advert.auth().equals(ROUTER_SECRET));
        mails.await("it is master", LIMIT, mail -> mail.contains("MASTER"));
    }

    @AfterAll
    void endTheLab() {
        if (lab != null) {
            node.close();
            mails.close();
            capture.close();
            lab.close();
        }
    }

    private void configureMail(String name, String password) {
        Directories.write(
                node.etc().resolve("io.halcyon.notify-" + name + ".cfg"),
                "type = smtp\nnotification.email = ops@example.org\nsmtp.user = halcyon\n" + password + "\n");
    }

    @Test
    void onlyTheOwnerCanReadWhatItWrote() {
        var all = files(base).filter(file -> !written.contains(file)).toList();

        assertThat(all)
                .contains(
                        base.resolve("etc/config.properties"),
                        base.resolve("data/log/halcyon.log"),
                        base.resolve("data/accepted/io.halcyon.vrrp-VI_51.cfg"),
                        base.resolve("run/halcyon.sock"))
                .anyMatch(file -> file.startsWith(base.resolve("data/cache")));
        assertThat(all.stream().filter(file -> !permissions(file).endsWith("------")))
                .as("open to group or others")
                .isEmpty();
        assertThat(List.of(base.resolve("data"), base.resolve("run")))
                .allMatch(directory -> permissions(directory).equals("rwx------"));
    }

    /** The mail server of the test shows that a listener would be seen. */
    @Test
    void nothingListens() {
        assertThat(sockets("tcp").filter(socket -> socket[3].equals(LISTEN)).map(socket -> socket[1]))
                .allMatch(address -> address.endsWith(":0019"))
                .hasSize(1);
        assertThat(sockets("udp").map(socket -> socket[1])).isEmpty();
    }

    /** Both address families; the columns are number, local address, remote address, state and more. */
    private Stream<String[]> sockets(String protocol) {
        return lab.host("h1")
                .shell("cat /proc/net/%1$s /proc/net/%1$s6".formatted(protocol))
                .lines()
                .filter(line -> !line.contains("local_address"))
                .map(line -> line.strip().split(" +"));
    }

    @Test
    void anotherUserIsKeptOutByTheModesOfFiles() {
        assertThat(permissions(base.resolve("run/halcyon.sock"))).isEqualTo("rw-------");

        var entering = asNobody("", "ls", HalcyonNode.BASE + "/run");
        assertThat(entering.exit()).isNotZero();
        assertThat(entering.output()).contains("Permission denied");

        // It may go everywhere and read everything, but not write.
        var connecting = asNobody("+dac_read_search", client("vrrp:list"));
        assertThat(connecting.exit()).isEqualTo(3);
        assertThat(connecting.output()).contains("Permission denied").doesNotContain(ROUTER.name());
    }

    @Test
    void anotherUserIsRefusedWhateverTheModesOfFiles() {
        var asRoot = lab.host("h1").run(Map.of(), "", List.of(client("vrrp:list")));
        assertThat(asRoot.orThrow()).contains(ROUTER.name());

        var refused = asNobody("+dac_override", client("vrrp:list"));

        assertThat(refused.exit()).as(refused.output()).isEqualTo(77);
        assertThat(refused.output()).isEqualTo("user nobody is refused: only root may talk to this container\n");
        Await.until("the log says so", LIMIT, () -> node.log().contains("local command line: refused user nobody"));
    }

    /** A command as the user nobody, who has only the named capability. */
    private Host.Outcome asNobody(String capability, String... command) {
        var whole = new ArrayList<>(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        var capabilities = capability.isEmpty() ? "-all" : "-all," + capability;
        whole.addAll(List.of("--inh-caps=" + capabilities, "--ambient-caps=" + capabilities, "--"));
        whole.addAll(List.of(command));
        return lab.host("h1").run(Map.of(), "", whole);
    }

    /** What the launcher runs, without the launcher's own looking around. */
    private static String[] client(String line) {
        var bundle = files(Distribution.unpacked().home().resolve("system/io/halcyon/halcyon-console-shell"))
                .filter(file -> file.toString().endsWith(".jar"))
                .findFirst()
                .orElseThrow();
        return new String[] {
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-Xshare:auto",
            "-XX:-UsePerfData",
            "-classpath",
            bundle.toString(),
            "io.halcyon.console.shell.line.Client",
            HalcyonNode.BASE + "/run/halcyon.sock",
            "plain",
            line
        };
    }

    /** The last one: it ends the node, so that the lines of its end are read, too. */
    @Test
    @Order(Integer.MAX_VALUE)
    void secretsAreUsedAndShownNowhere() {
        assertThat(mails.logins()).isNotEmpty().allMatch(login -> login.equals("halcyon " + MAIL_SECRET));
        int refusals = editsThatAreRefused();
        Await.until("all edits are refused", LIMIT, () -> refused() >= refusals);

        var shown = new StringBuilder();
        for (var line : List.of(
                "vrrp:list; vrrp:show VI_51; vrrp:explain VI_51; vip:list; check:types; notify:list; ha:status; ha:events -n 1000",
                "vrrp:list -o json; vrrp:show VI_51 -o json; vrrp:explain VI_51 -o json; notify:list -o json",
                "ha:status -o json; ha:events -n 1000 -o json; check:types -o json",
                "cm:getFactoryConfiguration io.halcyon.vrrp VI_51; cm:getFactoryConfiguration io.halcyon.notify ops",
                "notify:test ops")) {
            shown.append(node.command(line).orThrow());
        }
        shown.append(lab.host("h1").shell("cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ | tr '\\0' '\\n'"));
        node.command("stop", "--now").orThrow();
        files(base.resolve("data/log")).forEach(log -> shown.append(Directories.read(log, 0)));
        mails.mails().forEach(shown::append);

        assertThat(shown).contains("VI_51", "ops", "Dkaraf.base", "MASTER");
        assertThat(shown.toString().lines().filter(line -> line.contains(ROUTER_SECRET) || line.contains(MAIL_SECRET)))
                .isEmpty();
    }

    /** How many edits were made; each is wrong, some in the very key of the secret. */
    private int editsThatAreRefused() {
        var text = ROUTER.halcyon();
        Directories.write(node.file(ROUTER), text.replace("priority = 100", "priority = 300"));
        var edits = List.of(
                text.replace("auth.type = PASS", "auth.type = PASSWORD"),
                text.replace("version = 2", "version = 3"),
                text.replace(ROUTER_SECRET, ROUTER_SECRET + " x"),
                text.replace(ROUTER_SECRET, ROUTER_SECRET + "\\\\x"),
                text.replace("auth.pass", "auth.password"),
                text.replace("auth.pass", "auth.pas"),
                text.replace("auth.pass", "auth_phrase"),
                text + "auth.pass.file = /run/mail.password\n");
        for (int i = 0; i < edits.size(); i++) {
            Directories.write(
                    node.etc().resolve("io.halcyon.vrrp-bad" + i + ".cfg"),
                    edits.get(i).replace("virtual.router.id = 51", "virtual.router.id = " + (100 + i)));
        }
        configureMail("bad1", "smtp.passwrd = " + MAIL_SECRET);
        configureMail("bad2", "smtp.server = mail.example.org\nsmtp.password = " + MAIL_SECRET);
        configureMail("bad3", "smtp.password = " + MAIL_SECRET + "\nsmtp.tls = perhaps");
        return 1 + edits.size() + 3;
    }

    private long refused() {
        return node.log().lines().filter(line -> line.contains(" is refused: ")).count();
    }

    private static Stream<Path> files(Path directory) {
        try (var paths = Files.walk(directory)) {
            return paths.filter(path -> !Files.isDirectory(path)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
