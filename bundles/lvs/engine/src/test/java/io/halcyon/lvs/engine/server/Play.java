package io.halcyon.lvs.engine.server;

import io.halcyon.api.check.Health;
import io.halcyon.api.check.Verdict;
import io.halcyon.api.lvs.RealServerHold;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Plays the lines of a case file to a virtual server. */
final class Play {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final VirtualServer server = new VirtualServer();
    private final Map<String, String> keys = new HashMap<>();
    private final Map<String, Boolean> remembered = new HashMap<>();
    private final Map<String, List<InetAddress>> rememberedAddresses = new HashMap<>();
    private boolean quorate;
    private final List<Verdict> known = new ArrayList<>();
    private String name = "WEB";
    private long events;

    VirtualServer server() {
        return server;
    }

    /** A line of the configuration. */
    void set(String line) {
        String[] parts = line.split("=", 2);
        keys.put(parts[0].strip(), parts[1].strip());
    }

    /** One input, {@code @SECONDS WORDS}; what came of it, as lines. */
    List<String> step(String line) {
        String[] words = line.split("\\s+", 4);
        long nowNanos = nanos(words[0].substring(1));
        try {
            List<String> effects = new ArrayList<>();
            Input input = input(words, nowNanos);
            if (input != null) {
                effects.addAll(Lines.of(server.on(input, nowNanos)));
            }
            return effects;
        } catch (IllegalArgumentException e) {
            return List.of("refused " + e.getMessage());
        }
    }

    /** What the state says of all real servers, in one line. */
    String states() {
        StringBuilder line = new StringBuilder(server.state().health().toString());
        for (RealServerState state : server.state().servers()) {
            line.append(", ").append(state.name()).append(' ').append(state.state());
        }
        return line.toString();
    }

    private @Nullable Input input(String[] words, long nowNanos) {
        String first = words.length > 2 ? words[2] : "";
        String second = words.length > 3 ? words[3] : "";
        return switch (words[1]) {
            case "set" -> {
                set(first + " " + second);
                yield null;
            }
            case "unset" -> {
                keys.keySet().removeIf(key -> key.equals(first) || key.startsWith(first + "."));
                yield null;
            }
            case "rename" -> {
                name = first;
                yield null;
            }
            case "remember" -> {
                remembered.put(first, second.equals("up"));
                yield new Input.Remembered(new Memory(remembered, rememberedAddresses, quorate));
            }
            case "remember-quorum" -> {
                quorate = true;
                yield new Input.Remembered(new Memory(remembered, rememberedAddresses, true));
            }
            case "remember-address" -> {
                rememberedAddresses.put(first, addresses(second));
                yield new Input.Remembered(new Memory(remembered, rememberedAddresses, quorate));
            }
            case "restore" -> restored(first, second, nowNanos);
            case "known" -> {
                known.add(verdict(first, second.split(" ", 2)[0], second.split(" ", 2)[1]));
                yield null;
            }
            case "configure" -> new Input.Configured(settings(), known);
            case "up", "down", "degraded", "unknown" -> new Input.Verdict(verdict(words[1], first, second));
            case "gone" -> new Input.VerdictGone(check(first), ++events);
            case "resolved" -> new Input.Resolved(first, host(first), addresses(second));
            case "failed" -> new Input.ResolutionFailed(first, host(first), second);
            case "here" -> new Input.AddressHere(true);
            case "away" -> new Input.AddressHere(false);
            case "weight" -> new Input.Weight(first, Integer.parseInt(second), START);
            case "drain" -> drain(first, second, nowNanos);
            case "undrain" -> new Input.Undrain(first);
            case "rebuild" -> new Input.Rebuild();
            case "tick" -> new Input.Tick();
            case "stop" -> new Input.Stopping(false);
            case "remove" -> new Input.Stopping(true);
            default -> throw new AssertionError(words[1]);
        };
    }

    private ServerSettings settings() {
        try {
            return ServerSettings.of(Texts.named(
                    name,
                    keys.entrySet().stream()
                            .map(entry -> entry.getKey() + " = " + entry.getValue())
                            .toArray(String[]::new)));
        } catch (io.halcyon.settings.Refusal refusal) {
            throw new AssertionError(refusal.getMessage(), refusal);
        }
    }

    /** The reason may begin with a weight: {@code #5 exit status 7}. */
    private Verdict verdict(String word, String check, String reason) {
        Integer weight = null;
        String rest = reason;
        if (reason.startsWith("#")) {
            weight = Integer.valueOf(reason.split(" ", 2)[0].substring(1));
            rest = reason.contains(" ") ? reason.split(" ", 2)[1] : "";
        }
        return new Verdict(
                check(check),
                Health.valueOf(word.toUpperCase(Locale.ROOT)),
                rest.isEmpty() ? "looked" : rest,
                START,
                0,
                false,
                weight,
                ++events);
    }

    private String check(String word) {
        return word.contains("/") ? "lvs/" + name + "/" + word : word;
    }

    private Input drain(String realServer, String times, long nowNanos) {
        Map<String, String> values = times(times);
        long deadline = values.containsKey("deadline") ? nowNanos + nanos(values.get("deadline")) : Long.MAX_VALUE;
        long until = values.containsKey("until") ? nowNanos + nanos(values.get("until")) : Long.MAX_VALUE;
        return new Input.Drain(
                realServer,
                values.getOrDefault("reason", ""),
                START,
                deadline == Long.MAX_VALUE ? null : START,
                until == Long.MAX_VALUE ? null : START,
                deadline,
                until);
    }

    private static Input restored(String realServer, String times, long nowNanos) {
        Map<String, String> values = times(times);
        long deadline = values.containsKey("deadline") ? nowNanos + nanos(values.get("deadline")) : Long.MAX_VALUE;
        long until = values.containsKey("until") ? nowNanos + nanos(values.get("until")) : Long.MAX_VALUE;
        int weight = Integer.parseInt(values.getOrDefault("weight", "-1"));
        return new Input.Restored(
                realServer,
                new RealServerHold(values.containsKey("drain"), weight, "kept", START, null, null),
                deadline,
                until);
    }

    private static Map<String, String> times(String text) {
        Map<String, String> values = new HashMap<>();
        for (String word : text.split(" ", -1)) {
            String[] parts = word.split("=", 2);
            values.put(parts[0], parts.length > 1 ? parts[1] : "");
        }
        return values;
    }

    private String host(String realServer) {
        return keys.getOrDefault("real.server." + realServer, "").split(" ", 2)[0];
    }

    private static List<InetAddress> addresses(String text) {
        List<InetAddress> addresses = new ArrayList<>();
        for (String address : text.split(" ", -1)) {
            try {
                addresses.add(InetAddress.getByName(address));
            } catch (UnknownHostException e) {
                throw new AssertionError(e);
            }
        }
        return addresses;
    }

    private static long nanos(String seconds) {
        return Math.round(Double.parseDouble(seconds) * TimeUnit.SECONDS.toNanos(1));
    }
}
