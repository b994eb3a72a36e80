package io.halcyon.itests.lab.soak;

import io.halcyon.itests.lab.Await;
import io.halcyon.itests.lab.HalcyonNode;
import java.time.Duration;
import java.util.Random;

/** What may happen to a host; each ends with all well again. */
enum Trouble {
    KILL {
        @Override
        void strike(SoakStage stage, HalcyonNode node, Random random) {
            node.kill();
            pass(random, 3_500);
            node.start();
        }
    },
    FREEZE {
        @Override
        void strike(SoakStage stage, HalcyonNode node, Random random) {
            node.freeze();
            pass(random, 4_000);
            node.thaw();
        }
    },
    CUT {
        @Override
        void strike(SoakStage stage, HalcyonNode node, Random random) {
            stage.lab().cut(node.host());
            pass(random, 2_000);
            stage.lab().heal(node.host());
        }
    },
    STOP {
        @Override
        void strike(SoakStage stage, HalcyonNode node, Random random) {
            node.stop(SoakStage.LIMIT);
            pass(random, 1_000);
            node.start();
        }
    },
    SCRIPT {
        @Override
        void strike(SoakStage stage, HalcyonNode node, Random random) {
            stage.checkFails(node, true);
            pass(random, 4_000);
            stage.checkFails(node, false);
            Await.pass(SoakStage.CHECKED_AGAIN, "the check looks again, and what it last saw has its effect");
        }
    },
    EDIT {
        @Override
        void strike(SoakStage stage, HalcyonNode node, Random random) {
            stage.edit(node, random.nextInt(2));
        }
    },
    UPDATE {
        @Override
        void strike(SoakStage stage, HalcyonNode node, Random random) {
            node.command("bundle:update", BUNDLES[random.nextInt(BUNDLES.length)])
                    .orThrow();
        }
    };

    private static final String[] BUNDLES = {
        "io.halcyon.vip.netlink", "io.halcyon.transport.raw", "io.halcyon.vrrp.engine", "io.halcyon.check.exec"
    };

    /** A dead host's kernel answers until the lease is over, 3 s, and it has looked, 1.1 s; then the handover back. */
    private static final double LEASE_MILLIS = 4_600;

    /** Who leaves has no address any more 200 ms after the other's first advertisement, and is silent before; a busy machine. */
    private static final double HANDOVER_MILLIS = 500;

    /** Whether the process lives through it. */
    boolean isSurvived() {
        return this != KILL && this != STOP;
    }

    /** Whether the host has time to hand over what it serves, if it has to at all: then no client may notice. */
    boolean isPlanned() {
        return this == STOP || this == SCRIPT || this == EDIT || this == UPDATE;
    }

    /** For how long two hosts may answer for the address: where nothing moves, never. */
    double mostMillisByTwo() {
        return switch (this) {
            case KILL, FREEZE -> LEASE_MILLIS;
            case CUT, STOP, SCRIPT, UPDATE -> HANDOVER_MILLIS;
            case EDIT -> 0;
        };
    }

    /**
     * Does it to a host, and undoes it.
     *
     * @throws io.halcyon.itests.lab.LabException if that failed, so that the host has not met with it
     */
    abstract void strike(SoakStage stage, HalcyonNode node, Random random);

    private static void pass(Random random, int mostMillis) {
        Await.pass(Duration.ofMillis(50L + random.nextInt(mostMillis)), "how long a fault lasts is what is varied");
    }
}
