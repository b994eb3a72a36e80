package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Await;
import io.halcyon.itests.lab.Directories;
import io.halcyon.itests.lab.Grip;
import io.halcyon.itests.lab.Program;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Who runs the checks that are measured. */
interface CheckConsumer extends AutoCloseable {

    Duration LIMIT = Duration.ofMinutes(2);
    Duration STEP = Duration.ofMillis(200);

    Grip grip();

    /** Checks whose targets are up, as far as it knows. */
    int up();

    /** Waits until that is all of them, but not for ever: who cannot do the work is measured, too. */
    default void awaitUp(int checks) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (up() < checks && System.nanoTime() - end < 0) {
            Await.pass(STEP, "asking costs the asked");
        }
    }

    /** Waits until all victims are down and says when that was. */
    long awaitVictimsDown();

    /** How late starts were; not measured where nobody counts it. */
    default Lateness lateness() {
        return new Lateness(Double.NaN, Double.NaN);
    }

    @Override
    void close();

    /** In milliseconds. */
    record Lateness(double p50, double p99) {}

    /** The check engine in a process of its own. */
    static CheckConsumer halcyon(CheckStage stage, Traffic traffic) {
        return new Halcyon(stage, traffic);
    }

    /** Debian's HAProxy. */
    static CheckConsumer haproxy(CheckStage stage, Traffic traffic) {
        return new Haproxy(stage, traffic);
    }

    /** See {@link CheckLoad}. */
    final class Halcyon implements CheckConsumer {

        /** The distribution's own, with room for what lives as long as an interval: no full collections. */
        static final List<String> OPTIONS =
                List.of("-Xms160m", "-Xmx160m", "-Xmn80m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss512k");

        private static final double MICROS = 1_000;

        private final Path data = Directories.temporary("bench-checks");
        private final Program program;
        private final CheckLoad.Size size;

        private Halcyon(CheckStage stage, Traffic traffic) {
            this.size = traffic.size();
            var options = new ArrayList<>(OPTIONS);
            options.add("-Dkaraf.data=" + data);
            options.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
            this.program = stage.java(options, CheckLoad.class, size.arguments(traffic.type(stage.directory())));
            program.await("configured", LIMIT);
        }

        @Override
        public Grip grip() {
            return program.grip();
        }

        @Override
        public int up() {
            return Integer.parseInt(program.ask("count", "count ", LIMIT).split(" ", -1)[1]);
        }

        @Override
        public long awaitVictimsDown() {
            return Long.parseLong(
                    program.ask("down " + size.victims(), "at ", LIMIT).split("[ :]", -1)[1]);
        }

        @Override
        public Lateness lateness() {
            var numbers = program.ask("starts", "starts ", LIMIT).split(" ", -1);
            return new Lateness(Double.parseDouble(numbers[2]) / MICROS, Double.parseDouble(numbers[3]) / MICROS);
        }

        @Override
        public void close() {
            program.close();
            Directories.delete(data);
        }
    }

    /** One server for each check; asked through its own socket how many are up. */
    final class Haproxy implements CheckConsumer {

        /** Field of a backend's line: how many of its servers are up. */
        private static final int ACTIVE_SERVERS = 19;

        private static final String CONFIGURATION =
                """
                global
                    stats socket %s level admin
                    maxconn 100
                defaults
                    mode tcp
                    timeout connect 1s
                    timeout client 1s
                    timeout server 1s
                    timeout check 1s
                """;

        private final Path directory = Directories.temporary("bench-checks");
        private final Path socket = directory.resolve("haproxy.sock");
        private final CheckLoad.Size size;
        private final Program program;

        private Haproxy(CheckStage stage, Traffic traffic) {
            this.size = traffic.size();
            var file = directory.resolve("haproxy.cfg");
            Directories.write(file, configuration(traffic.haproxy(stage.directory())));
            this.program = Program.start(stage.host(), List.of("/usr/sbin/haproxy", "-db", "-f", file.toString()));
        }

        private String configuration(String defaults) {
            var text = new StringBuilder(CONFIGURATION.formatted(socket))
                    .append(defaults)
                    .append('\n');
            text.append("backend victims\n");
            for (int i = 0; i < size.checks(); i++) {
                if (i == size.victims()) {
                    text.append("backend others\n");
                }
                int port = i < size.victims() ? CheckStage.VICTIM_PORT : CheckStage.PORT;
                text.append("    server s%d %s:%d%n".formatted(i, CheckLoad.address(i), port));
            }
            return text.toString();
        }

        @Override
        public Grip grip() {
            return program.grip();
        }

        /** It takes every server for up until its first check. */
        @Override
        public int up() {
            return Math.max(0, up("victims")) + Math.max(0, up("others"));
        }

        @Override
        public long awaitVictimsDown() {
            Await.until("HAProxy to say that the victims are down", LIMIT, () -> up("victims") == 0);
            return System.nanoTime();
        }

        /** Servers of a backend that are up; none while nobody answers. */
        private int up(String backend) {
            return ask("show stat " + backend + " 2 -1\n")
                    .lines()
                    .filter(line -> line.startsWith(backend + ",BACKEND,"))
                    .map(line -> Integer.parseInt(line.split(",", -1)[ACTIVE_SERVERS]))
                    .findFirst()
                    .orElse(-1);
        }

        private String ask(String command) {
            program.requireRunning();
            try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
                channel.write(StandardCharsets.US_ASCII.encode(command));
                return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.US_ASCII);
            } catch (IOException starting) {
                return "";
            }
        }

        @Override
        public void close() {
            program.close();
            Directories.delete(directory);
        }
    }
}
