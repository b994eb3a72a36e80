package io.halcyon.vrrp.engine.loop;

import io.halcyon.vrrp.protocol.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Which of a router's events, and of others', caused the next one. Owned by the loop. */
final class Causes {

    /** More changes of the priority in one direction need not be named. */
    private static final int MOST_MOVES = 8;

    private LongSupplier inForce = EventPost.NONE;
    /** The transition into the state that it is in. */
    private LongSupplier entered = EventPost.NONE;
    /** Changes of the priority in one direction since then. */
    private final List<LongSupplier> moves = new ArrayList<>();

    private boolean upward;
    private boolean fresh;

    /** Whatever happens to the router meanwhile was caused by an event. */
    void during(LongSupplier cause, Runnable what) {
        LongSupplier before = inForce;
        inForce = cause;
        try {
            what.run();
        } finally {
            inForce = before;
        }
    }

    /** It was made because of an event, and may have to wait for its channel before it moves. */
    void begun(LongSupplier event) {
        entered = event;
        fresh = true;
    }

    List<LongSupplier> now() {
        return inForce == EventPost.NONE ? List.of() : List.of(inForce);
    }

    void priorityMoved(LongSupplier event, boolean up) {
        if (up != upward) {
            moves.clear();
        }
        upward = up;
        if (moves.size() < MOST_MOVES) {
            moves.add(event);
        }
    }

    /** What led to a transition, as far as it is known here: what happened to other nodes is not. */
    List<LongSupplier> of(Effect.Transition transition) {
        List<LongSupplier> causes = new ArrayList<>(now());
        boolean rises = transition.to().compareTo(transition.from()) > 0;
        switch (transition.ground()) {
            case PRIORITY -> causes.addAll(moves(rises));
            case ARRIVAL -> {
                causes.addAll(moves(rises));
                causes.add(entered);
            }
            case TOLD -> causes.add(fresh && causes.isEmpty() ? entered : EventPost.NONE);
            case PEER -> {
                // Of the peer nothing is known.
            }
        }
        return causes;
    }

    private List<LongSupplier> moves(boolean up) {
        return up == upward ? moves : List.of();
    }

    void entered(LongSupplier transition) {
        entered = transition;
        fresh = false;
        moves.clear();
    }
}
