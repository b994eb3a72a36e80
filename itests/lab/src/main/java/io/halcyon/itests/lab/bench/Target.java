package io.halcyon.itests.lab.bench;

/** What a figure of Halcyon's has to reach. What was not measured has missed its target. */
sealed interface Target {

    Target NONE = new None();

    boolean metBy(double halcyon, double peer);

    /** For the table; empty where there is no target. */
    String text();

    static Target atMost(double limit) {
        return new AtMost(limit);
    }

    static Target atLeast(double limit) {
        return new AtLeast(limit);
    }

    /** At most so many times what the peer reaches. */
    static Target timesPeer(double factor) {
        return new TimesPeer(factor);
    }

    /** Both at 0: a target for the measurement itself. */
    static Target bothNone() {
        return new BothNone();
    }

    record None() implements Target {

        @Override
        public boolean metBy(double halcyon, double peer) {
            return true;
        }

        @Override
        public String text() {
            return "";
        }
    }

    record AtMost(double limit) implements Target {

        @Override
        public boolean metBy(double halcyon, double peer) {
            return halcyon <= limit;
        }

        @Override
        public String text() {
            return "<= " + Numbers.text(limit);
        }
    }

    record AtLeast(double limit) implements Target {

        @Override
        public boolean metBy(double halcyon, double peer) {
            return halcyon >= limit;
        }

        @Override
        public String text() {
            return ">= " + Numbers.text(limit);
        }
    }

    record TimesPeer(double factor) implements Target {

        @Override
        public boolean metBy(double halcyon, double peer) {
            return halcyon <= factor * peer;
        }

        @Override
        public String text() {
            return factor == 1 ? "<= peer" : "<= " + Numbers.text(factor) + " x peer";
        }
    }

    record BothNone() implements Target {

        @Override
        public boolean metBy(double halcyon, double peer) {
            return halcyon == 0 && peer == 0;
        }

        @Override
        public String text() {
            return "both 0";
        }
    }
}
