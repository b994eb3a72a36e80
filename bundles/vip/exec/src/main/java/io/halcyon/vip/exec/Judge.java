package io.halcyon.vip.exec;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.vip.exec.Outcome.Answer;
import io.halcyon.vip.exec.Reports.Kind;

/** Draws the conclusions from what an attempt brought. Belongs to the keeper's thread. */
final class Judge {

    private static final int TOLERATED_UNKNOWNS = 1;

    private final Troubles troubles;
    private final Claims claims;
    private final Crew crew;

    Judge(Troubles troubles, Claims claims, Crew crew) {
        this.troubles = troubles;
        this.claims = claims;
        this.crew = crew;
    }

    void ended(Target target, Target.Step step, Outcome outcome, long now) {
        target.ours = claims.has(target.place);
        switch (step) {
            case CLAIM -> claimed(target, outcome, now);
            case VERIFY -> verified(target, outcome, now);
            case RELEASE -> released(target, outcome, now);
            case NOTHING, LET_GO -> throw new AssertionError(step);
        }
    }

    private void claimed(Target target, Outcome outcome, long now) {
        target.presence = outcome.answer();
        if (outcome.is(Answer.HERE)) {
            target.hurry();
            troubles.end(target);
        } else if (outcome.is(Answer.FOREIGN)) {
            target.hurry();
            troubles.begin(target, Troubles.Kind.FOREIGN);
        } else if (!outcome.is(Answer.DROPPED)) {
            target.failed(now, crew.settings().retryNanos());
            troubles.begin(target, Troubles.Kind.CLAIM, outcome);
        }
        target.lookAgainAt(now + crew.settings().verifyNanos());
        for (Account holder : target.holders) {
            VirtualAddress address = holder.held.get(target.place);
            if (address != null) {
                holder.reports.end(Kind.INSTALLED, address, target.isHere());
            }
        }
    }

    private void verified(Target target, Outcome outcome, long now) {
        target.lookAgainAt(now + crew.settings().verifyNanos());
        if (outcome.is(Answer.HERE)) {
            target.unknowns = 0;
            if (target.trouble == Troubles.Kind.VERIFY) {
                troubles.end(target);
            }
        } else if (outcome.is(Answer.AWAY)) {
            target.unknowns = 0;
            troubles.begin(target, target.presence == Answer.FOREIGN ? Troubles.Kind.OWNED : Troubles.Kind.LOST);
            target.presence = Answer.AWAY;
            target.hurry();
        } else if (outcome.is(Answer.UNKNOWN) && ++target.unknowns > TOLERATED_UNKNOWNS) {
            troubles.begin(target, Troubles.Kind.VERIFY, outcome);
        }
    }

    private void released(Target target, Outcome outcome, long now) {
        if (outcome.is(Answer.AWAY)) {
            gone(target, now);
            return;
        }
        target.failed(now, crew.settings().retryNanos());
        if (!target.holders.isEmpty() && !target.isExpired(now)) {
            // Somebody wants it again: the claim looks first what there is.
            target.presence = Answer.UNKNOWN;
            target.hurry();
        }
        if (!outcome.is(Answer.DROPPED)) {
            troubles.begin(target, Troubles.Kind.RELEASE, outcome);
        }
        target.leaving.forEach((account, address) -> account.reports.end(Kind.RELEASED, address, false));
    }

    private void gone(Target target, long now) {
        claims.remove(target.place);
        target.ours = false;
        target.presence = Answer.AWAY;
        target.hurry();
        if (!target.holders.isEmpty() && now > target.provenUntilNanos) {
            troubles.begin(target, Troubles.Kind.EXPIRED);
        } else {
            troubles.forget(target);
        }
        tellLeaving(target);
    }

    /** It is not ours, so nothing is to be done. */
    void letGo(Target target) {
        troubles.forget(target);
        tellLeaving(target);
    }

    private static void tellLeaving(Target target) {
        target.leaving.forEach((account, address) -> account.reports.end(Kind.RELEASED, address, true));
        target.leaving.clear();
    }
}
