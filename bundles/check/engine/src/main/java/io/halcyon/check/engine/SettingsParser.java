package io.halcyon.check.engine;

import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Family;
import io.halcyon.settings.Refusal;

/** Judges a configuration: the common keys always, the type's own keys if the type is there. Any thread. */
final class SettingsParser implements Family.Parser<CheckSettings> {

    private final Checks checks;

    SettingsParser(Checks checks) {
        this.checks = checks;
    }

    @Override
    public CheckSettings parse(ConfigText text) throws Refusal {
        var settings = CheckSettings.of(text);
        var type = checks.type(settings.type());
        if (type != null) {
            // Made to see whether the type takes its keys; making a check does not look at anything.
            type.maker().make(text).close();
        }
        return settings;
    }

    @Override
    public boolean complete(CheckSettings settings) {
        return checks.type(settings.type()) != null;
    }
}
