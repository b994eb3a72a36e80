package io.halcyon.host.doctor;

import io.halcyon.api.check.CheckStatus;
import io.halcyon.api.check.Health;
import io.halcyon.api.event.Severity;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.api.vrrp.RouterStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether what routers and checks are configured to use is installed: transports and VIP managers, libpcap, nginx. */
final class Programs implements Examination {

    private static final List<String> LIBRARIES = List.of(
            "/usr/lib/*-linux-gnu*", "/lib/*-linux-gnu*", "/usr/lib64", "/lib64", "/usr/lib", "/lib", "/usr/local/lib");
    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};
    private static final List<String> NGINX_PLACES = List.of(
            "/usr/sbin",
            "/usr/bin",
            "/usr/local/sbin",
            "/usr/local/bin",
            "/usr/local/nginx/sbin",
            "/usr/local/openresty/nginx/sbin",
            "/opt/nginx/sbin",
            "/sbin",
            "/bin");

    private final Tree tree;

    Programs(Tree tree) {
        this.tree = tree;
    }

    @Override
    public String subject() {
        return "programs";
    }

    @Override
    public void look(Situation situation, Sheet sheet) throws IOException {
        List<String> seen = new ArrayList<>(List.of("transports and VIP managers"));
        situation.routers().forEach(router -> plugins(router, sheet));
        List<RouterStatus> captured = situation.routers().stream()
                .filter(router -> router.transport().equals("pcap"))
                .toList();
        if (!captured.isEmpty()) {
            seen.add("libpcap");
            libpcap(captured, sheet);
        }
        for (CheckStatus check : situation.checks()) {
            if (check.type().equals("nginx")) {
                seen.add("nginx of check " + check.name());
                nginx(check, situation, sheet);
            }
        }
        sheet.examined("programs: " + String.join(", ", seen));
    }

    private static void plugins(RouterStatus router, Sheet sheet) {
        String cause = router.cause();
        boolean out = router.state() == RouterState.INIT || router.state() == RouterState.FAULT;
        boolean missing = cause.endsWith(" is not installed");
        if (out && missing) {
            String feature =
                    cause.startsWith("transport ") ? "halcyon-transport-" + router.transport() : "halcyon-vip-exec";
            sheet.found(
                    Severity.CRITICAL,
                    router.name() + " on " + router.networkInterface(),
                    cause,
                    "the router takes no part in elections until it is",
                    "bin/halcyon feature:install " + feature);
        } else if (out && cause.startsWith("transport ") && !cause.contains("libpcap")) {
            sheet.found(
                    Severity.CRITICAL,
                    router.name() + " on " + router.networkInterface(),
                    cause,
                    "the router can neither hear nor be heard",
                    "bin/halcyon vrrp:explain " + router.name() + " (it needs CAP_NET_RAW and CAP_NET_ADMIN, or root)");
        }
    }

    private void libpcap(List<RouterStatus> routers, Sheet sheet) throws IOException {
        for (String pattern : LIBRARIES) {
            for (Path directory : directories(pattern)) {
                if (holdsLibpcap(directory)) {
                    return;
                }
            }
        }
        sheet.found(
                Severity.CRITICAL,
                String.join(", ", routers.stream().map(RouterStatus::name).toList()) + " (transport = pcap)",
                "libpcap is missing or damaged: no libpcap.so below /usr/lib, /lib and /usr/local/lib is a library",
                "the router can neither hear nor be heard, and stays in FAULT",
                "apt-get install --reinstall libpcap0.8 (libpcap0.8t64 on newer Debian, libpcap elsewhere; or transport = raw)");
    }

    private List<Path> directories(String pattern) throws IOException {
        int last = pattern.lastIndexOf('/');
        return pattern.contains("*")
                ? tree.list(pattern.substring(0, last), pattern.substring(last + 1))
                : List.of(tree.path(pattern));
    }

    private static boolean holdsLibpcap(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("libpcap.so"))
                    .anyMatch(Programs::isLibrary);
        }
    }

    private static boolean isLibrary(Path file) {
        try (InputStream input = Files.newInputStream(file)) {
            return Arrays.equals(input.readNBytes(ELF.length), ELF);
        } catch (IOException e) {
            return false;
        }
    }

    /** One that is up was found by its process, wherever its file lies. */
    private void nginx(CheckStatus check, Situation situation, Sheet sheet) {
        boolean lives = check.verdict().health() == Health.UP || check.verdict().health() == Health.DEGRADED;
        Optional<ConfiguredObject> keys = situation.configured("io.halcyon.check", check.name());
        String name = keys.flatMap(object -> object.value("process")).orElse("nginx");
        String restarts = keys.flatMap(object -> object.value("restart.command"))
                .orElse("")
                .replaceAll("\\s.*", "");
        boolean found = Stream.concat(NGINX_PLACES.stream().map(place -> place + "/" + name), Stream.of(restarts))
                .filter(file -> file.endsWith("/" + name))
                .map(tree::path)
                .anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
        if (!lives && !found) {
            sheet.found(
                    Severity.CRITICAL,
                    "check " + check.name() + " (type = nginx)",
                    name + " is not installed: it is in none of " + String.join(", ", NGINX_PLACES) + "; the check is "
                            + check.verdict().health() + ", " + check.verdict().reason(),
                    "the check cannot become UP, and restart.command has nothing to start",
                    "apt-get install nginx-light (or another nginx; or remove etc/io.halcyon.check-" + check.name()
                            + ".cfg)");
        }
    }
}
