package io.halcyon.itests.karaf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The time between advertisements, seen from the other end of the cable with the kernel's time stamps: nothing that happens in
 * this JVM makes them look longer or shorter. Works inside the container, where the laboratory's classes are not.
 */
final class AdvertGaps implements AutoCloseable {

    private static final String OTHER_END = "outside";
    private static final Pattern ADVERT = Pattern.compile("(?m)^(\\d+)\\.(\\d{6}) IP .*VRRPv3, Advertisement.*$");

    private final Path output;
    private final Process tcpdump;

    private AdvertGaps(Path output, Process tcpdump) {
        this.output = output;
        this.tcpdump = tcpdump;
    }

    /** Watches from now on; an advertisement was seen when it returns. */
    static AdvertGaps watch(Path output) throws IOException {
        // Every line at once, and a buffer for a reader that is kept waiting.
        var command = new ProcessBuilder("tcpdump", "-i", OTHER_END, "-n", "-l", "-tt", "-B", "4096", "ip proto 112");
        var gaps = new AdvertGaps(
                output,
                command.redirectOutput(output.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start());
        Soon.is("an advertisement is seen", gaps::microseconds, seen -> seen.size() > 10);
        return gaps;
    }

    /** When adverts were sent, in microseconds of the wall clock. */
    List<Long> microseconds() {
        try {
            var times = new ArrayList<Long>();
            var matcher = ADVERT.matcher(Files.readString(output));
            while (matcher.find()) {
                times.add(Long.parseLong(matcher.group(1)) * 1_000_000 + Long.parseLong(matcher.group(2)));
            }
            return times;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Time between neighbours among those at or after one moment, in microseconds. */
    List<Long> since(long fromMicroseconds) {
        var times = microseconds();
        var gaps = new ArrayList<Long>();
        for (int i = 1; i < times.size(); i++) {
            if (times.get(i - 1) >= fromMicroseconds) {
                gaps.add(times.get(i) - times.get(i - 1));
            }
        }
        return gaps;
    }

    @Override
    public void close() {
        tcpdump.destroy();
    }
}
