package io.halcyon.lvs.engine.server;

/**
 * What becomes of a real server.
 *
 * @param reason why, for a person
 * @param weight weight in the data plane, {@link #OUT} if it is not there
 */
record Standing(State state, String reason, int weight) {

    static final int OUT = -1;

    /** States of a real server. */
    enum State {
        IN_SERVICE("in service"),
        OUT_OF_SERVICE("out of service"),
        DRAINING("draining"),
        /** The deadline of a drain is over. */
        DRAINED("drained"),
        SLOW_START("slow start"),
        /** Down, and there with weight 0 instead of out. */
        INHIBITED("inhibited"),
        /** Down, and there because too many others are out. */
        SPARED("spared"),
        /** The sorry server while it serves. */
        SORRY("sorry"),
        /** It could serve and is not needed, or the sorry server serves in its place. */
        IDLE("idle"),
        UNRESOLVED("unresolved");

        private final String words;

        State(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    boolean isIn() {
        return weight != OUT;
    }
}
