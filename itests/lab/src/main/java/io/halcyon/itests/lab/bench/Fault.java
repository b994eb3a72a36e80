package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Grip;
import io.halcyon.itests.lab.KeepalivedNode;
import io.halcyon.itests.lab.Pair;
import java.time.Duration;
import java.util.List;

/** What happens to the master. */
enum Fault {
    KILL("kill") {
        @Override
        void strike(Pair pair, Grip grip) {
            grip.kill();
        }

        @Override
        void clear(Pair pair, List<String> addresses) {
            pair.a().kill(); // waits for the end
            if (pair.a() instanceof KeepalivedNode keepalived) {
                keepalived.removeLeftOvers(addresses);
            }
        }

        @Override
        void mend(Pair pair) {
            pair.a().start();
        }
    },
    CUT("cut cable") {
        @Override
        void strike(Pair pair, Grip grip) {
            pair.lab().cut(pair.a().host());
        }

        @Override
        void mend(Pair pair) {
            pair.lab().heal(pair.a().host());
        }
    },
    FROZEN("frozen") {
        @Override
        void strike(Pair pair, Grip grip) {
            grip.freeze();
        }

        @Override
        void mend(Pair pair) {
            pair.a().thaw();
        }
    },
    STOP("planned stop") {
        @Override
        void strike(Pair pair, Grip grip) {
            grip.terminate();
        }

        @Override
        void clear(Pair pair, List<String> addresses) {
            pair.a().awaitEnd(END);
        }

        @Override
        void mend(Pair pair) {
            pair.a().start();
        }
    };

    private static final Duration END = Duration.ofSeconds(30);

    private final String title;

    Fault(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Does it, at once. */
    abstract void strike(Pair pair, Grip grip);

    /** What must be over or tidied up before it can be mended; waits. */
    void clear(Pair pair, List<String> addresses) {}

    abstract void mend(Pair pair);
}
