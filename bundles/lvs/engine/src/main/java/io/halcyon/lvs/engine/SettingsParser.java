package io.halcyon.lvs.engine;

import io.halcyon.lvs.engine.server.Judges;
import io.halcyon.lvs.engine.server.ServerSettings;
import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Family;
import io.halcyon.settings.Refusal;
import io.halcyon.spi.dataplane.Dataplane;
import io.halcyon.spi.dataplane.Desired;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges a virtual server with all who know something of it: the keys, the other virtual servers, those who will make its checks
 * and notifiers, and its data plane if that is there. Changes nothing. Any thread.
 */
final class SettingsParser implements Family.Parser<ServerSettings> {

    private static final Logger LOG = LoggerFactory.getLogger("io.halcyon.lvs");

    private final Dataplanes planes;
    private final Judges judges;
    private final Supplier<Map<String, ServerSettings>> accepted;
    private final Supplier<Set<String>> leaving;

    /**
     * A parser for one family.
     *
     * @param accepted what was accepted so far, by name
     * @param leaving names of those whose services count as free
     */
    SettingsParser(
            Dataplanes planes,
            Judges judges,
            Supplier<Map<String, ServerSettings>> accepted,
            Supplier<Set<String>> leaving) {
        this.planes = planes;
        this.judges = judges;
        this.accepted = accepted;
        this.leaving = leaving;
    }

    @Override
    public ServerSettings parse(ConfigText text) throws Refusal {
        var settings = ServerSettings.of(text);
        var others = new TreeMap<>(accepted.get());
        others.keySet().removeAll(leaving.get());
        others.remove(settings.name());
        settings.requireUnique(text, others.values());
        settings.judge(text, judges);
        var plane = planes.choose(settings.spreading().dataplane());
        if (plane != null) {
            requireAble(text, settings, plane);
        }
        return settings;
    }

    @Override
    public boolean complete(ServerSettings settings) {
        return judges.judgeChecks() && planes.choose(settings.spreading().dataplane()) != null;
    }

    private static void requireAble(ConfigText text, ServerSettings settings, Dataplane plane) throws Refusal {
        for (var piece : settings.pieces()) {
            for (var sentence : refusals(plane, piece.desired())) {
                int reason = sentence.indexOf(": ");
                throw text.refuse(
                        key(text, piece.key(), sentence.split("[ :=]", 2)[0]),
                        "what data plane " + plane.name() + " can do: "
                                + (reason < 0 ? sentence : sentence.substring(reason + 2)));
            }
        }
    }

    /** One that throws is not asked. */
    private static List<String> refusals(Dataplane plane, Desired desired) {
        try {
            return plane.refusals(desired);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn(
                    "data plane {} cannot judge {}: {}",
                    plane.name(),
                    desired.service().key(),
                    e.toString());
            return List.of();
        }
    }

    /** The key as the file has it: of the real server, of the virtual server, or the real server as such. */
    private static String key(ConfigText text, String realServer, String key) {
        var own = realServer + "." + key;
        if (text.has(own)) {
            return own;
        }
        return text.has(key) || realServer.isEmpty() ? key : realServer;
    }
}
