package io.halcyon.lvs.engine.server;

import io.halcyon.api.check.CheckDefinitions;
import io.halcyon.api.notify.NotifierDefinitions;
import java.util.Map;
import java.util.Optional;

/** Who says whether checks and notifiers could be made. */
public interface Judges {

    /** Of the keys of a check. */
    Optional<CheckDefinitions.Objection> check(Map<String, String> keys);

    /** Whether somebody can be asked about checks; where nobody can, he is asked later. */
    default boolean judgeChecks() {
        return true;
    }

    /** Of the keys of a notifier. */
    Optional<NotifierDefinitions.Objection> notifier(Map<String, String> keys);
}
