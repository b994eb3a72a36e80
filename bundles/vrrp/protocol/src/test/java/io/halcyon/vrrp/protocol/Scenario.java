package io.halcyon.vrrp.protocol;

import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * A conformance case: what a router is told, what happens to it and when, and what it answers.
 *
 * <p>Lines of {@code events.txt} are {@code <milliseconds> <event> <arguments>}; between two of them the timer fires at
 * every deadline, as it does in the engine; {@code until} only lets time pass. Lines of {@code effects.txt} are
 * {@code <milliseconds> <effect> <arguments>}.
 */
final class Scenario {

    private static final BigDecimal NANOS_PER_MILLI = BigDecimal.valueOf(1_000_000);

    private final Properties properties = new Properties();
    private final List<String> answers = new ArrayList<>();
    private final VirtualRouter router;

    private Scenario(Path directory) throws IOException {
        try (Reader reader = Files.newBufferedReader(directory.resolve("router.properties"))) {
            properties.load(reader);
        }
        router = new VirtualRouter(config(Map.of()));
    }

    /** Plays a case and returns what the router answered. */
    static List<String> play(Path directory) throws IOException {
        Scenario scenario = new Scenario(directory);
        for (String line : lines(directory.resolve("events.txt"))) {
            String[] words = line.split(" +", 3);
            long now = new BigDecimal(words[0]).multiply(NANOS_PER_MILLI).longValueExact();
            scenario.letTimePass(now);
            if (!words[1].equals("until")) {
                scenario.feed(scenario.event(words[1], words.length > 2 ? words[2] : ""), now);
            }
        }
        return scenario.answers;
    }

    static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    private void letTimePass(long now) {
        while (router.deadline() <= now) {
            feed(new RouterEvent.Timer(), router.deadline());
        }
    }

    private void feed(RouterEvent event, long now) {
        for (Effect effect : router.on(event, now)) {
            String millis = new BigDecimal(now)
                    .divide(NANOS_PER_MILLI)
                    .stripTrailingZeros()
                    .toPlainString();
            answers.add(millis + " " + text(effect));
        }
    }

    private RouterEvent event(String name, String rest) {
        return switch (name) {
            case "available" -> new RouterEvent.Available(
                    Fixtures.address(first(rest)), rest.substring(first(rest).length() + 1));
            case "left-overs-found" -> new RouterEvent.LeftOversFound(Long.parseLong(rest) * 1_000_000L);
            case "waiting" -> new RouterEvent.Waiting(rest);
            case "faulted" -> new RouterEvent.Faulted(rest, false);
            case "link-lost" -> new RouterEvent.Faulted(rest, true);
            case "advert" -> new RouterEvent.Received(advertisement(rest), Fixtures.address(first(rest)));
            case "priority" -> new RouterEvent.PriorityChanged(Integer.parseInt(rest), "a tracker changed");
            case "reconfigured" -> new RouterEvent.Reconfigured(config(arguments(rest)), "edited");
            case "failover" -> new RouterEvent.Failover("failover was asked for");
            case "step-aside" -> new RouterEvent.StepAside("transport raw goes");
            case "stop" -> new RouterEvent.Stop("stop was asked for");
            case "stop-now" -> new RouterEvent.StopNow("stop --now was asked for");
            case "stalled" -> new RouterEvent.Stalled(Long.parseLong(rest) * 1_000_000L);
            case "resumed" -> new RouterEvent.Resumed();
            case "release-sent" -> new RouterEvent.ReleaseSent();
            case "takeover-takes" -> new RouterEvent.TakeoverTakes(Long.parseLong(rest) * 1_000_000L);
            case "announcement" -> new RouterEvent.AnnouncementHeard(Fixtures.address(rest));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static String first(String rest) {
        return rest.split(" ", 2)[0];
    }

    private static Map<String, String> arguments(String rest) {
        return Arrays.stream(rest.split(" "))
                .filter(word -> word.contains("="))
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private Advertisement advertisement(String rest) {
        Map<String, String> given = arguments(rest);
        RouterConfig own = router.config();
        String password = given.getOrDefault("auth", own.authPass() == null ? "" : own.authPass());
        int version = Integer.parseInt(given.getOrDefault("version", "" + own.version()));
        return new Advertisement(
                version,
                own.vrid(),
                Integer.parseInt(given.get("priority")),
                Integer.parseInt(given.getOrDefault("interval", "" + own.advertIntervalCentis())),
                Integer.parseInt(given.getOrDefault("authtype", password.isEmpty() ? "0" : "1")),
                password,
                given.containsKey("addresses") ? Fixtures.addresses(given.get("addresses")) : own.addresses());
    }

    private RouterConfig config(Map<String, String> changes) {
        properties.putAll(changes);
        return new RouterConfig(
                51,
                number("version", 3),
                number("priority", 100),
                number("interval", 100),
                !Boolean.parseBoolean(properties.getProperty("nopreempt", "false")),
                number("preempt.delay", 0) * 1_000_000_000L,
                number("down.timer.adverts", 3),
                properties.getProperty("auth.pass"),
                ChecksumForm.PSEUDO_HEADER,
                Fixtures.addresses(properties.getProperty("addresses", "192.0.2.50")),
                new GarpConfig(
                        number("garp.delay", 0) * 1_000_000_000L,
                        number("garp.repeat", 5),
                        number("garp.refresh", 0) * 1_000_000_000L,
                        number("garp.refresh.repeat", 1),
                        number("garp.lower.prio.delay", 0) * 1_000_000_000L,
                        number("garp.lower.prio.repeat", 5),
                        number("dead.lease", 0) * 1_000_000_000L));
    }

    private int number(String key, int otherwise) {
        return Integer.parseInt(properties.getProperty(key, "" + otherwise));
    }

    private static String text(Effect effect) {
        if (effect instanceof Effect.Send send) {
            return "send " + send.priority();
        } else if (effect instanceof Effect.Acquire) {
            return "acquire";
        } else if (effect instanceof Effect.Release release) {
            return "release " + (release.addresses().isEmpty() ? "all" : literals(release.addresses())) + ", "
                    + release.why();
        } else if (effect instanceof Effect.Silence) {
            return "silence";
        } else if (effect instanceof Effect.Announce announce) {
            return "announce " + announce.occasion() + " x" + announce.rounds();
        } else if (effect instanceof Effect.WatchAnnouncements watch) {
            return "watch " + (watch.on() ? "on" : "off");
        } else if (effect instanceof Effect.Transition move) {
            return move.from() + " -> " + move.to() + (move.stopping() ? " (stopping), " : ", ") + move.cause();
        } else if (effect instanceof Effect.Rival rival) {
            return "rival, " + rival.text();
        } else if (effect instanceof Effect.Note note) {
            return "note " + note.kind() + ", " + note.text();
        } else if (effect instanceof Effect.Refuse refuse) {
            return "refuse " + refuse.fault();
        } else if (effect instanceof Effect.Count count) {
            return "count " + count.fault();
        } else if (effect instanceof Effect.Stopped) {
            return "stopped";
        }
        throw new AssertionError(effect);
    }

    private static String literals(List<InetAddress> addresses) {
        return addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(" "));
    }
}
