package io.halcyon.lvs.engine;

import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import io.halcyon.settings.Schema;
import io.halcyon.spi.dataplane.Options;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keys of the node, checked.
 *
 * @param sync null if connections are not synchronized
 * @param flushOnStop whether the kernel's entries go when the node stops
 */
record NodeSettings(Options options, @Nullable SyncSettings sync, boolean flushOnStop) {

    /** Nothing is configured. */
    static final NodeSettings NONE = new NodeSettings(Options.NONE, null, false);

    private static final Schema<NodeKeys> SCHEMA = Schema.of(NodeKeys.class);
    private static final String TIMEOUTS = "lvs.timeouts";
    private static final List<String> TIMEOUT_WORDS = List.of("tcp", "tcpfin", "udp");
    private static final String TIMEOUTS_ALLOWED =
            "'tcp', 'tcpfin' and 'udp', each with seconds from 1 to 2678400 behind it";

    private static final int LONGEST = 2_678_400;

    static NodeSettings of(ConfigText text) throws Refusal {
        text.requireKnown(List.of(SCHEMA));
        var keys = text.bind(SCHEMA);
        var seconds = timeouts(text, keys.lvs_timeouts());
        var options = new Options(
                seconds.getOrDefault("tcp", 0),
                seconds.getOrDefault("tcpfin", 0),
                seconds.getOrDefault("udp", 0),
                keys.expire_nodest_conn(),
                keys.expire_quiescent_template(),
                keys.conntrack());
        return new NodeSettings(options, SyncSettings.of(text, keys.lvs_sync_daemon()), keys.lvs_flush_on_stop());
    }

    private static Map<String, Integer> timeouts(ConfigText text, String written) throws Refusal {
        var seconds = new TreeMap<String, Integer>();
        var words = words(written);
        for (int i = 0; i < words.size(); i += 2) {
            int value = i + 1 < words.size() ? number(words.get(i + 1), 1, LONGEST) : -1;
            if (value < 0 || !TIMEOUT_WORDS.contains(words.get(i)) || seconds.put(words.get(i), value) != null) {
                throw text.refuse(TIMEOUTS, TIMEOUTS_ALLOWED);
            }
        }
        return seconds;
    }

    static List<String> words(String text) {
        return text.isBlank() ? List.of() : Arrays.asList(text.strip().split("\\s+"));
    }

    /** The number, -1 if it is none or out of its range. */
    static int number(String text, int lowest, int highest) {
        try {
            int value = Integer.parseInt(text);
            return value >= lowest && value <= highest ? value : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
