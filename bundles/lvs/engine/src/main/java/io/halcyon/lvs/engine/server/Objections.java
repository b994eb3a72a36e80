package io.halcyon.lvs.engine.server;

import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import java.util.Map;

/** Says which key of a virtual server's file is to blame for a definition that somebody objects to. */
final class Objections {

    private Objections() {}

    static void require(ConfigText text, ServerSettings settings, Judges judges) throws Refusal {
        var objection = judges.check(Map.of());
        if (objection.isPresent()) {
            throw text.refuse(objection.get().key(), settings + objection.get().allowed());
        }
    }
}
