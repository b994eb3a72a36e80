package io.halcyon.spi.check;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of each step of a look, and how long it took. Thread-safe: whoever judges may ask while the look goes on. An
 * asynchronous check has {@link CheckRun#step} for it; a blocking one keeps its own and puts {@link #with} into its result.
 */
public final class Steps {

    /** Of one look; what comes after them is not shown. */
    private static final int MOST = 40;

    private record Step(String name, Object words, long nanos) {

        String text() {
            var said = words instanceof InetSocketAddress address ? text(address) : words.toString();
            return Math.round(nanos / 1e4) / 100.0 + " ms" + (said.isEmpty() ? "" : ", " + said);
        }

        private static String text(InetSocketAddress address) {
            var host = address.getAddress().getHostAddress();
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
        }
    }

    private final List<Step> all = new ArrayList<>(4);
    private long sinceNanos;

    /** The first step begins now. */
    public Steps() {
        sinceNanos = System.nanoTime();
    }

    /**
     * A step ends now, and the next one begins.
     *
     * @param words what came of it, for a person; empty if it was done and that is all. Becomes a text only when somebody
     *     wants to read it
     */
    public synchronized void end(String name, Object words) {
        long now = System.nanoTime();
        if (all.size() < MOST) {
            all.add(new Step(name, words, now - sinceNanos));
        }
        sinceNanos = now;
    }

    /** As details of a result, in their order and before the others; a step that was taken again has a number. */
    public synchronized Map<String, String> with(Map<String, String> others) {
        var details = new LinkedHashMap<String, String>();
        for (var step : all) {
            var name = CheckResult.STEP + step.name();
            var free = name;
            for (int i = 2; details.containsKey(free); i++) {
                free = name + "." + i;
            }
            details.put(free, step.text());
        }
        details.putAll(others);
        return details;
    }
}
