package io.halcyon.itests.karaf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file of {@code etc/} that a page shows.
 *
 * @param file its name, from the block's first line
 */
record ShownBlock(Path page, String file, String text) {

    private static final Pattern FENCE =
            Pattern.compile("(?m)^```properties\\n# etc/(\\S+)\\n(.*?)^```$", Pattern.DOTALL);

    /** A secret's file is on the machine of whoever reads the page. */
    private static final Pattern SECRET =
            Pattern.compile("(?m)^((?:\\S+\\.)?(?:pass|password|secret|community)\\.file = ).*$");

    /** So is the address of a receiver that is one. */
    private static final Pattern ADDRESS = Pattern.compile("(?m)^(url\\.file = ).*$");

    /** And a variable of whoever starts the container. */
    private static final Pattern VARIABLE = Pattern.compile("(?m)^(smtp\\.password\\.env = ).*$");

    /** And what a notifier runs, as whom, and where it writes: it would be refused without. */
    private static final Pattern SCRIPT = Pattern.compile(
            "(?m)^((?:real\\.server\\.\\w+\\.)?(?:script|notify|(?:notify|quorum)\\.(?!email)\\S+) = ).*$");

    private static final Pattern USER = Pattern.compile("(?m)^user = halcyon$");
    private static final Pattern FIFO = Pattern.compile("(?m)^(fifo = ).*/");

    /** So are certificates. */
    private static final Pattern PEM =
            Pattern.compile("(?m)^((?:check\\.\\w+\\.)?(?:tls\\.)?(ca|certificate|key)(?:\\.file)?) = .*$");

    private static final Pattern FAMILY = Pattern.compile("io\\.halcyon\\.(check|notify)-");
    private static final Pattern TYPE = Pattern.compile("(?m)^type = (\\S+)$");

    /** All blocks of all pages; {@code itests/architecture} sees to it that none is marked otherwise. */
    static List<ShownBlock> all(Path root) throws IOException {
        List<ShownBlock> blocks = new ArrayList<>();
        for (var page : pages(root)) {
            FENCE.matcher(Files.readString(page))
                    .results()
                    .forEach(
                            found -> blocks.add(new ShownBlock(root.relativize(page), found.group(1), found.group(2))));
        }
        return blocks;
    }

    private static List<Path> pages(Path root) throws IOException {
        List<Path> pages = new ArrayList<>(List.of(root.resolve("README.md")));
        for (var folder : List.of("bundles", "config", "docs")) {
            try (Stream<Path> files = Files.walk(root.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md"))
                        .filter(file -> !file.toString().contains("/target/"))
                        .sorted()
                        .forEach(pages::add);
            }
        }
        return pages;
    }

    /** The feature that brings the type of a check or a notifier. */
    Optional<String> typeFeature() {
        var family = FAMILY.matcher(file);
        var type = TYPE.matcher(text);
        return family.lookingAt() && type.find()
                ? Optional.of("halcyon-" + family.group(1) + "-" + type.group(1))
                : Optional.empty();
    }

    ShownBlock withSecret(Path secret) {
        return new ShownBlock(page, file, SECRET.matcher(text).replaceAll("$1" + secret));
    }

    /** With files {@code ca.pem}, {@code certificate.pem} and {@code key.pem} of a directory. */
    ShownBlock withCertificates(Path directory) {
        return new ShownBlock(page, file, PEM.matcher(text).replaceAll("$1 = " + directory + "/$2.pem"));
    }

    /** With an address in a file of that directory, a variable that is there, a script that can run, and a place for FIFOs. */
    ShownBlock withSurroundings(Path directory) {
        if (!file.startsWith("io.halcyon.notify-") && !file.startsWith("io.halcyon.lvs-")) {
            return this;
        }
        var here = ADDRESS.matcher(text).replaceAll("$1" + directory + "/url");
        here = VARIABLE.matcher(here).replaceAll("$1PATH");
        here = SCRIPT.matcher(here).replaceAll("$1/usr/bin/true");
        here = FIFO.matcher(here).replaceAll("$1" + directory + "/");
        // SNMP has users of its own, who are nobody's on this machine.
        here = here.contains("type = snmp") ? here : USER.matcher(here).replaceAll("user = root");
        return new ShownBlock(page, file, here);
    }

    /** The same object under another name, if there can be several of its kind. */
    ShownBlock numbered(int number) {
        return !file.contains("-") ? this : new ShownBlock(page, file.replace(".cfg", "-" + number + ".cfg"), text);
    }
}
