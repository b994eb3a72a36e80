package io.halcyon.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What plugins are built against changes only with the version of its package. There is no release to compare with yet, so the file
 * beside this test is the baseline.
 */
class SpiBaselineTest {

    private static final Path BASELINE = Room.root().resolve("itests/architecture/src/test/resources/spi-baseline.txt");

    /** Writes the file instead of comparing; it refuses what the comparison would refuse. */
    private static final boolean RECORD = Boolean.getBoolean("halcyon.baseline.record");

    private static final String REMEDY =
            """
            %s changed, but its version is still %s.
            Remedy: raise @Version in its package-info.java. The first number when who is built against it may break: something is gone \
            or was changed, a record has other components, a @ConsumerType has a new abstract method. The second when something is \
            only added. Then record the new baseline and commit it with the change:
              mvn -pl itests/architecture -am -Dtest=SpiBaselineTest -Dsurefire.failIfNoSpecifiedTests=false \
            -Dhalcyon.baseline.record=true verify
            What changed:
              %s""";

    @Test
    void aPackageChangesOnlyWithItsVersion() throws IOException {
        SortedMap<String, Signature> built = built();
        SortedMap<String, Signature> baseline = read(BASELINE);

        assertThat(violations(baseline, built)).as("changes without a version").isEmpty();
        if (RECORD) {
            Files.writeString(BASELINE, written(built));
        } else {
            assertThat(Files.readString(BASELINE))
                    .as("a version was raised, or a package came or went: record the baseline with"
                            + " -Dhalcyon.baseline.record=true and commit it")
                    .isEqualTo(written(built));
        }
    }

    @Test
    void theBaselineHoldsWhatPluginsSee() throws IOException {
        SortedMap<String, Signature> baseline = read(BASELINE);

        assertThat(baseline.keySet())
                .contains(
                        "io.halcyon.api.check", "io.halcyon.spi.check", "io.halcyon.spi.vip", "io.halcyon.spi.notify");
        assertThat(baseline.get("io.halcyon.spi.check").lines())
                .anyMatch(line -> line.contains("BlockingCheck.look(long) throws java.lang.InterruptedException"))
                .anyMatch(line -> line.contains("HealthCheckFactory<P extends java.lang.annotation.Annotation>")
                        && line.contains("@ConsumerType"));
    }

    @Test
    void aChangeWithoutAVersionWouldBeFound() {
        Map<String, Signature> before = Map.of("p", new Signature("1.0.0", sorted("p.A: public abstract void a()")));
        Map<String, Signature> after = Map.of("p", new Signature("1.0.0", sorted("p.A: public abstract void b()")));
        Map<String, Signature> raised = Map.of("p", new Signature("1.1.0", sorted("p.A: public abstract void b()")));
        Map<String, Signature> lowered = Map.of("p", new Signature("0.9.0", sorted("p.A: public abstract void a()")));

        assertThat(violations(before, before)).isEmpty();
        assertThat(violations(before, raised)).isEmpty();
        assertThat(violations(before, after))
                .singleElement()
                .asString()
                .contains(
                        "p changed, but its version is still 1.0.0",
                        "- p.A: public abstract void a()\n  + p.A: public");
        assertThat(violations(before, lowered)).containsExactly("p went from version 1.0.0 back to 0.9.0");
    }

    private static List<String> violations(Map<String, Signature> baseline, Map<String, Signature> built) {
        List<String> violations = new ArrayList<>();
        new TreeMap<>(built).forEach((name, now) -> {
            Signature before = baseline.get(name);
            if (before == null) {
                return;
            }
            int step = compare(before.version(), now.version());
            if (step > 0) {
                violations.add(name + " went from version " + before.version() + " back to " + now.version());
            } else if (step == 0 && !before.lines().equals(now.lines())) {
                violations.add(REMEDY.formatted(name, now.version(), difference(before.lines(), now.lines())));
            }
        });
        return violations;
    }

    private static int compare(String one, String other) {
        return Arrays.compare(
                Arrays.stream(one.split("\\.", -1)).mapToInt(Integer::parseInt).toArray(),
                Arrays.stream(other.split("\\.", -1))
                        .mapToInt(Integer::parseInt)
                        .toArray());
    }

    private static String difference(SortedSet<String> before, SortedSet<String> now) {
        List<String> lines = new ArrayList<>();
        before.stream().filter(line -> !now.contains(line)).forEach(line -> lines.add("- " + line));
        now.stream().filter(line -> !before.contains(line)).forEach(line -> lines.add("+ " + line));
        return String.join("\n  ", lines);
    }

    private static SortedMap<String, Signature> built() {
        SortedMap<String, Signature> built = new TreeMap<>(Signature.of(new Room("api")));
        built.putAll(Signature.of(new Room("spi")));
        return built;
    }

    /** A line {@code package NAME VERSION}, and below it those of its signature. */
    private static String written(SortedMap<String, Signature> packages) {
        StringBuilder text = new StringBuilder();
        packages.forEach((name, signature) -> {
            text.append("package ")
                    .append(name)
                    .append(' ')
                    .append(signature.version())
                    .append('\n');
            signature.lines().forEach(line -> text.append("  ").append(line).append('\n'));
        });
        return text.toString();
    }

    private static SortedMap<String, Signature> read(Path file) throws IOException {
        SortedMap<String, Signature> packages = new TreeMap<>();
        SortedSet<String> lines = new TreeSet<>();
        String[] current = {"", "", ""};
        for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
            if (line.startsWith("package ")) {
                finish(packages, current, lines);
                current = line.split(" ", -1);
                lines = new TreeSet<>();
            } else {
                lines.add(line.strip());
            }
        }
        finish(packages, current, lines);
        return packages;
    }

    private static void finish(SortedMap<String, Signature> packages, String[] head, SortedSet<String> lines) {
        if (!head[1].isEmpty()) {
            packages.put(head[1], new Signature(head[2], lines));
        }
    }

    private static SortedSet<String> sorted(String... lines) {
        return new TreeSet<>(List.of(lines));
    }
}
