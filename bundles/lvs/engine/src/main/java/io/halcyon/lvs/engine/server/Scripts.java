package io.halcyon.lvs.engine.server;

/**
 * Command lines, empty for none.
 *
 * @param up when it comes up, or gains its quorum
 * @param down when it goes down, or loses it
 */
public record Scripts(String up, String down) {

    /** None. */
    public static final Scripts NONE = new Scripts("", "");

    boolean isNone() {
        return up.isEmpty() && down.isEmpty();
    }
}
