package io.halcyon.notify.snmp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node as an SNMP engine, RFC 3414 section 2.2: how often it has started, and for how long it runs. Receivers of traps of
 * version 3 refuse what seems to be of an earlier run. One for all notifiers; thread-safe.
 */
final class LocalEngine {

    private static final Logger LOG = LoggerFactory.getLogger("io.halcyon.notify");

    /** RFC 3411 section 5, SnmpEngineID: the library's enterprise, 4976, with the first bit set. */
    private static final byte[] ENTERPRISE = {(byte) 0x80, 0x00, 0x13, 0x70};

    private static final byte TEXT = 4;
    private static final byte OCTETS = 5;
    private static final int MOST_TEXT = 27;
    private static final int DIGEST_BYTES = 16;

    private static final Instant EPOCH = Instant.parse("2020-01-01T00:00:00Z");

    private final Path file;
    private final Clock clock;
    private final long startNanos = System.nanoTime();

    // Guarded by this; 0 until somebody asks.
    private int boots;

    /**
     * @param file where the number of starts is kept
     */
    LocalEngine(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /** Its id: the node's name, or a digest of it if it is long. */
    static byte[] id(String node) {
        var name = node.getBytes(StandardCharsets.UTF_8);
        if (name.length > 0 && name.length <= MOST_TEXT) {
            return id(TEXT, name);
        }
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(name);
            return id(OCTETS, Arrays.copyOf(digest, DIGEST_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    private static byte[] id(byte format, byte[] rest) {
        var id = Arrays.copyOf(ENTERPRISE, ENTERPRISE.length + 1 + rest.length);
        id[ENTERPRISE.length] = format;
        System.arraycopy(rest, 0, id, ENTERPRISE.length + 1, rest.length);
        return id;
    }

    /** How often it has started, this time included; counted with the first question. */
    synchronized int boots() {
        if (boots == 0) {
            boots = before() + 1;
            keep();
        }
        return boots;
    }

    int uptimeSeconds() {
        return (int) (uptimeHundredths() / 100);
    }

    long uptimeHundredths() {
        return Duration.ofNanos(System.nanoTime() - startNanos).toMillis() / 10;
    }

    /** Where nothing is kept, the clock: it was never that late before. */
    private int before() {
        try {
            int kept = Integer.parseInt(Files.readString(file).strip());
            if (kept >= 0 && kept < Integer.MAX_VALUE) {
                return kept;
            }
        } catch (IOException | NumberFormatException e) {
            LOG.debug("{} holds no number of starts: {}", file, e.toString());
        }
        return (int) Math.max(0, Duration.between(EPOCH, clock.instant()).toMinutes());
    }

    private void keep() {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            var next = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(next, boots + "\n");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("{} cannot be written, starts are counted by the clock: {}", file, e.toString());
        }
    }
}
