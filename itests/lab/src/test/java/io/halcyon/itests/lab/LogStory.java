package io.halcyon.itests.lab;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What nodes log, chapter by chapter. A chapter ends when all that is promised of it is there, or after a while. */
final class LogStory {

    static final Duration LIMIT = Duration.ofSeconds(60);
    static final String FIRST = "192.168.88.50";
    static final String SECOND = "192.168.88.60";
    static final Router VI_1 = new Router("VI_1", 2, 51, 100, "1", List.of(FIRST), "1111", false, "", 0);
    static final Router VI_2 = new Router("VI_2", 2, 52, 100, "1", List.of(SECOND), "1111", false, "", 0);

    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private final List<LogPage.Promise> promises;
    private final Map<String, String> chapters = new ConcurrentHashMap<>();

    LogStory(List<LogPage.Promise> promises) {
        this.promises = promises;
    }

    /** Lives through a chapter; what these nodes log meanwhile is its log. */
    void chapter(String name, Runnable events, HalcyonNode... nodes) {
        printed(
                name,
                () -> {
                    events.run();
                    return "";
                },
                nodes);
    }

    /** A chapter in which a command prints something besides. */
    void printed(String name, Supplier<String> events, HalcyonNode... nodes) {
        var before = Arrays.stream(nodes).map(node -> node.log().length()).toList();
        var output = events.get();
        long end = System.nanoTime() + PATIENCE_NANOS;
        Await.until("chapter " + name, LIMIT, () -> {
            var log = new StringBuilder(output);
            for (int i = 0; i < nodes.length; i++) {
                log.append(nodes[i].log().substring(before.get(i)));
            }
            chapters.put(name, log.toString());
            return missing(name).isEmpty() || System.nanoTime() - end > 0;
        });
    }

    private List<LogPage.Promise> missing(String name) {
        return promises.stream()
                .filter(promise -> promise.chapter().equals(name))
                .filter(promise -> !promise.keptBy(chapters.getOrDefault(name, "")))
                .toList();
    }

    /** Promises that were not kept, with the log in which they should be. */
    String broken() {
        return promises.stream()
                .filter(promise -> !promise.keptBy(chapters.getOrDefault(promise.chapter(), "")))
                .map(promise -> "%s: %s%nis not in%n%s%n"
                        .formatted(promise.chapter(), promise.message(), chapters.get(promise.chapter())))
                .collect(Collectors.joining());
    }
}
