package io.halcyon.lvs.engine.server;

import io.halcyon.spi.dataplane.Forwarding;
import io.halcyon.spi.dataplane.Forwarding.Checksum;
import io.halcyon.spi.dataplane.Forwarding.Encapsulation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** Reads {@code lvs.method}. */
final class ForwardingLine {

    static final String ALLOWED =
            "NAT, DR, TUN, 'TUN ipip', 'TUN gue port N' with nocsum, csum or remcsum behind it, or 'TUN gre'"
                    + " with nocsum or csum behind it";

    private ForwardingLine() {}

    /** @throws IllegalArgumentException saying what is allowed */
    static Forwarding read(String line, boolean masquerade) {
        Deque<String> words =
                new ArrayDeque<>(List.of(line.strip().toLowerCase(Locale.ROOT).split("\\s+", -1)));
        Forwarding forwarding =
                switch (words.remove()) {
                    case "nat" -> new Forwarding.Nat(masquerade);
                    case "dr" -> new Forwarding.DirectRouting();
                    case "tun" -> tunnel(words);
                    default -> throw refused();
                };
        if (!words.isEmpty()) {
            throw refused();
        }
        return forwarding;
    }

    private static Forwarding tunnel(Deque<String> words) {
        if ("type".equals(words.peek())) {
            words.remove();
        }
        String type = words.isEmpty() ? "ipip" : words.remove();
        return switch (type) {
            case "ipip" -> new Forwarding.Tunnel(Encapsulation.IPIP, 0, Checksum.NOCSUM);
            case "gue" -> new Forwarding.Tunnel(Encapsulation.GUE, port(words), checksum(words, true));
            case "gre" -> new Forwarding.Tunnel(Encapsulation.GRE, 0, checksum(words, false));
            default -> throw refused();
        };
    }

    private static int port(Deque<String> words) {
        if (!"port".equals(words.poll()) || words.isEmpty()) {
            throw refused();
        }
        return ServiceLine.port(words.remove());
    }

    private static Checksum checksum(Deque<String> words, boolean remote) {
        if (words.isEmpty()) {
            return Checksum.NOCSUM;
        }
        return switch (words.remove()) {
            case "nocsum" -> Checksum.NOCSUM;
            case "csum" -> Checksum.CSUM;
            case "remcsum" -> {
                if (!remote) {
                    throw refused();
                }
                yield Checksum.REMCSUM;
            }
            default -> throw refused();
        };
    }

    private static IllegalArgumentException refused() {
        return new IllegalArgumentException(ALLOWED);
    }
}
