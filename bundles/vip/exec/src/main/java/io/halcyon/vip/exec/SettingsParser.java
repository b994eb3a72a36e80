package io.halcyon.vip.exec;

import io.halcyon.linux.process.CommandLine;
import io.halcyon.linux.process.ExternalCommand;
import io.halcyon.linux.process.ScriptUser;
import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Family;
import io.halcyon.settings.Refusal;
import io.halcyon.settings.Schema;
import java.util.List;
import java.util.function.Supplier;

/** Turns the text of one {@code io.halcyon.vip-NAME.cfg} into checked settings. Stateless. */
final class SettingsParser implements Family.Parser<ExecSettings> {

    /** The name that routers have by default and that is not configured by a file. */
    private static final String KERNELS = "netlink";

    private final Schema<VipKeys> family = Schema.of(VipKeys.class);
    private final Schema<ExecKeys> own = Schema.of(ExecKeys.class);

    @Override
    public ExecSettings parse(ConfigText text) throws Refusal {
        text.requireKnown(List.of(family, own));
        text.bind(family);
        if (text.object().equals(KERNELS)) {
            throw text.refuse("type", "a manager with another name than " + KERNELS + ", which is the kernel's");
        }
        ExecKeys keys = text.bind(own);
        ScriptUser user =
                checked(text, "user", "'user', 'user group' or 'user:group'", () -> ScriptUser.of(keys.user()));
        return new ExecSettings(
                command(text, "claim", keys.claim(), user),
                command(text, "release", keys.release(), user),
                command(text, "verify", keys.verify(), user),
                user,
                Math.round(keys.timeout() * 1e3),
                Math.round(keys.verify_interval() * 1e9),
                Math.round(keys.retry_delay() * 1e9),
                keys.parallel(),
                keys.secret());
    }

    private static CommandTemplate command(ConfigText text, String key, String line, ScriptUser user) throws Refusal {
        return checked(text, key, "a command line", () -> {
            CommandTemplate template = CommandTemplate.parse(line);
            requireFindable(template, user);
            return template;
        });
    }

    /** The command is made anew for each address; whether it could be found at all is said now. */
    private static void requireFindable(CommandTemplate template, ScriptUser user) {
        ExternalCommand unused = new ExternalCommand(new CommandLine(template.words()), user);
    }

    private static <T> T checked(ConfigText text, String key, String allowed, Supplier<T> made) throws Refusal {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw text.refuse(key, allowed + " (" + e.getMessage() + ")");
        }
    }
}
