package io.halcyon.lvs.engine.server;

import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import io.halcyon.settings.Schema;
import io.halcyon.spi.dataplane.Forwarding;
import io.halcyon.spi.dataplane.Scheduler;
import java.util.List;
import java.util.Set;

/** Turns a file into settings, or says what is wrong with it. */
final class ServerParser {

    static final Schema<LvsKeys> SCHEMA = Schema.of(LvsKeys.class);

    private final ConfigText text;

    ServerParser(ConfigText text) {
        this.text = text;
    }

    ServerSettings settings() throws Refusal {
        text.requireKnown(List.of(SCHEMA), List.of(LvsKeys.REAL_SERVER, LvsKeys.CHECK));
        LvsKeys keys = text.bind(SCHEMA);
        return new ServerSettings(
                text.object(),
                List.of(),
                new Spreading(keys.dataplane(), Scheduler.WLC, Set.of(), null, keys.ops(), new Forwarding.Nat(false)),
                new Policy(1, 0, false, false, false, 0, 0, 100, false),
                new Scripts(keys.quorum_up(), keys.quorum_down()),
                List.of(),
                null,
                List.of());
    }
}
