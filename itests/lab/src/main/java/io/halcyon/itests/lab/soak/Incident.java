package io.halcyon.itests.lab.soak;

import io.halcyon.itests.lab.Answers;
import io.halcyon.itests.lab.Claims;

/**
 * One trouble, from its beginning until all was well again.
 *
 * @param moves how often the address changed hands in that time; going and coming back are two
 */
record Incident(Trouble trouble, String host, Answers.Service service, int moves, Claims.Tally claims) {

    /** Away and back again is all that one trouble justifies; an update of the bundles of a lone moment may do the same. */
    boolean flapped() {
        return moves > 2;
    }

    /** Two hosts answered for the address for longer than the trouble explains. */
    boolean claimedForNothing() {
        return claims.longestByTwoMillis() > trouble.mostMillisByTwo();
    }

    /** Something planned was noticed by a client. */
    boolean lostForNothing() {
        return trouble.isPlanned() && service.lost() > 0;
    }
}
