package io.halcyon.lvs.engine.server;

import io.halcyon.api.check.Health;
import io.halcyon.api.check.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * One check of one real server, and what it said last. What nobody knows changes nothing.
 *
 * <p>Confined to its virtual server's thread.
 */
final class Look {

    private final String check;
    /** Its name in sentences: as the file names it. */
    private final String word;

    private boolean addsWeight;
    private boolean up;
    private boolean startsUp;
    private Health health = Health.UNKNOWN;
    private String reason = "it has not run yet";
    private @Nullable Integer dynamicWeight;

    Look(String check, String word, boolean addsWeight, boolean up) {
        this.check = check;
        this.word = word;
        this.addsWeight = addsWeight;
        this.up = up;
        this.startsUp = up;
    }

    String check() {
        return check;
    }

    boolean up() {
        return up;
    }

    /** What it stands for before its first result, for whoever makes the check. */
    boolean startsUp() {
        return startsUp;
    }

    Health health() {
        return health;
    }

    /** Why, for a person. */
    String text() {
        return word + ": " + reason;
    }

    /** Weight that it asks for, null if none. */
    @Nullable
    Integer dynamicWeight() {
        return dynamicWeight;
    }

    /** Whether that is added instead of taking the place of the configured one. */
    boolean addsWeight() {
        Integer weight = dynamicWeight;
        return addsWeight || (weight != null && weight < 0);
    }

    void addsWeight(boolean adds) {
        addsWeight = adds;
    }

    void on(Verdict verdict) {
        health = verdict.health();
        reason = verdict.reason();
        if (health == Health.UNKNOWN) {
            return;
        }
        dynamicWeight = verdict.dynamicWeight();
        // A number below 0 in a file is DOWN for routers, which subtract it; so do we.
        boolean subtracts = dynamicWeight != null && dynamicWeight < 0;
        up = health != Health.DOWN || subtracts;
    }

    /** Nobody looks any more; a check that is made again begins with what was known. */
    void onGone() {
        health = Health.UNKNOWN;
        reason = "nobody looks";
        startsUp = up;
    }
}
