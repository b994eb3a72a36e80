package io.halcyon.lvs.engine;

import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Endpoint;
import io.halcyon.settings.Refusal;
import io.halcyon.spi.dataplane.SyncDaemon;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Synchronization of connections that follows a router.
 *
 * @param router while it is MASTER connections are told, otherwise learned
 * @param numbered whether it has an identifier of its own, not the router's VRID
 * @param backup the daemon while it is not
 */
record SyncSettings(String router, boolean numbered, SyncDaemon backup) {

    private static final String KEY = "lvs.sync.daemon";
    private static final String ALLOWED = "'INTERFACE ROUTER', and behind them, in any order and each once, 'id 0-255',"
            + " 'maxlen 1-65507', 'port 1-65535', 'ttl 1-255', 'group MULTICAST-ADDRESS'";
    private static final List<String> WORDS = List.of("id", "maxlen", "port", "ttl", "group");
    private static final int LONGEST_NAME = 15;
    private static final int LONGEST_DATAGRAM = 65_507;
    private static final int HIGHEST_PORT = 65_535;
    private static final int HIGHEST_BYTE = 255;

    /** @param vrid of the router, 0 if there is none */
    SyncDaemon daemon(boolean master, int vrid) {
        return new SyncDaemon(
                master ? SyncDaemon.Role.MASTER : SyncDaemon.Role.BACKUP,
                backup.dev(),
                numbered ? backup.id() : vrid,
                backup.maxLength(),
                backup.group(),
                backup.port(),
                backup.ttl());
    }

    /** Null if the value is empty. */
    static @Nullable SyncSettings of(ConfigText text, String written) throws Refusal {
        var words = NodeSettings.words(written);
        if (words.isEmpty()) {
            return null;
        }
        boolean pairs = words.size() >= 2 && words.size() % 2 == 0;
        if (!pairs || words.get(0).length() > LONGEST_NAME || !isKnown(words.subList(2, words.size()))) {
            throw text.refuse(KEY, ALLOWED);
        }
        var daemon = new SyncDaemon(
                SyncDaemon.Role.BACKUP,
                words.get(0),
                number(text, words, "id", 0, HIGHEST_BYTE),
                number(text, words, "maxlen", 1, LONGEST_DATAGRAM),
                group(text, words),
                number(text, words, "port", 1, HIGHEST_PORT),
                number(text, words, "ttl", 1, HIGHEST_BYTE));
        return new SyncSettings(words.get(1), valueOf(words, "id") != null, daemon);
    }

    private static boolean isKnown(List<String> pairs) {
        var seen = new HashSet<String>();
        for (int i = 0; i < pairs.size(); i += 2) {
            if (!WORDS.contains(pairs.get(i)) || !seen.add(pairs.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** 0 if it is not given. */
    private static int number(ConfigText text, List<String> words, String word, int lowest, int highest)
            throws Refusal {
        var written = valueOf(words, word);
        int value = written == null ? 0 : NodeSettings.number(written, lowest, highest);
        if (value < 0) {
            throw text.refuse(KEY, ALLOWED);
        }
        return value;
    }

    private static @Nullable InetAddress group(ConfigText text, List<String> words) throws Refusal {
        var written = valueOf(words, "group");
        if (written == null) {
            return null;
        }
        try {
            var endpoint = Endpoint.of(written, 0);
            var address = endpoint.address().getAddress();
            if (!endpoint.isNamed() && address.isMulticastAddress()) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw text.refuse(KEY, ALLOWED);
        }
        throw text.refuse(KEY, ALLOWED);
    }

    private static @Nullable String valueOf(List<String> words, String word) {
        for (int i = 2; i + 1 < words.size(); i += 2) {
            if (words.get(i).equals(word)) {
                return words.get(i + 1);
            }
        }
        return null;
    }
}
