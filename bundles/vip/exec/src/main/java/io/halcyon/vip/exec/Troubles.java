package io.halcyon.vip.exec;

import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells routers and the log what is wrong with an address: the same kind of trouble once, however often it is tried again.
 * Belongs to the keeper's thread.
 */
final class Troubles {

    private static final Logger LOG = LoggerFactory.getLogger(VipKeys.PID);

    /** What can be wrong. */
    enum Kind {
        CLAIM("could not be claimed, trying again"),
        RELEASE("could not be released, trying again"),
        VERIFY("may be here or not"),
        LOST("was removed by somebody else"),
        EXPIRED("was released: nobody said any more that its router is master"),
        FOREIGN("was there before and is left alone"),
        OWNED("was removed by its owner, it becomes ours");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    private final String name;

    Troubles(String name) {
        this.name = name;
    }

    void begin(Target target, Kind kind) {
        begin(target, kind, Outcome.DROPPED);
    }

    void begin(Target target, Kind kind, Outcome failed) {
        boolean news = target.trouble != kind;
        target.trouble = kind;
        target.note = kind.words + (failed.trouble().isEmpty() ? "" : ": " + failed.trouble());
        if (news) {
            Set<Account> told = new LinkedHashSet<>(target.holders);
            told.addAll(target.leaving.keySet());
            told.forEach(account -> tell(account, target, kind));
            keepOutput(target, failed.output().strip());
        }
    }

    private static void tell(Account account, Target target, Kind kind) {
        if (kind == Kind.EXPIRED) {
            account.listener.onLeaseLost(target.address, target.note);
        } else {
            account.listener.onTrouble(target.address, target.note, false);
        }
    }

    /** Its last line is in the reason already. */
    private void keepOutput(Target target, String output) {
        if (output.contains("\n")) {
            LOG.info("vip {} {} {}, all it printed:\n{}", name, target.place, target.note, output);
        }
    }

    /** All is well again, and those who heard of the trouble hear of that. */
    void end(Target target) {
        boolean troubled = target.trouble != null;
        forget(target);
        if (troubled) {
            target.holders.forEach(account -> account.listener.onTrouble(target.address, "is there again", true));
        }
    }

    /** It is gone, as was wanted; the routers hear that it is released. */
    void forget(Target target) {
        if (target.trouble == Kind.RELEASE) {
            LOG.info("vip {} {} is released now", name, target.place);
        }
        target.trouble = null;
        target.note = "";
    }
}
