package io.halcyon.api.check;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Reads health checks, runs one on demand, and holds verdicts by hand. Thread-safe.
 *
 * <p>Except for {@link #check}, every method that takes a name throws {@link IllegalArgumentException} if there is no such
 * check.
 */
@ProviderType
public interface CheckService {

    /** All checks, by name. */
    List<CheckStatus> checks();

    /** The check of that name, empty if there is none. */
    Optional<CheckStatus> check(String name);

    /** How late runs of all checks began lately. */
    default StartLateness startLateness() {
        return StartLateness.NONE;
    }

    /** All types that are installed, by name. */
    List<CheckType> types();

    /** The keys that every check has, whatever its type. */
    List<CheckType.Parameter> commonKeys();

    /** Its past, oldest first; at most {@code limit} entries, and no more than are kept. */
    List<CheckHistory> history(String name, int limit);

    /**
     * Runs a check now and waits for the result, at most its timeout and a second; it counts like any other run.
     *
     * @throws IllegalArgumentException if there is no such check or its type is not installed
     */
    CheckStatus run(String name) throws InterruptedException;

    /**
     * Gives it a verdict, whatever it sees, until {@link #enable} or until the time is over. It goes on looking. Survives a
     * restart of the container.
     *
     * @param health {@link Health#UP} or {@link Health#DOWN}
     * @param lasting how long, 1 s to 366 days, null for until further notice
     * @param reason why, for whoever reads it later; may be empty, at most 200 characters are kept
     * @throws IllegalArgumentException also if the time is none of these, or the hold cannot be kept over a restart
     */
    CheckStatus force(String name, Health health, @Nullable Duration lasting, String reason);

    /** Stops looking and leaves the verdict as it is; otherwise like {@link #force}. */
    CheckStatus disable(String name, @Nullable Duration lasting, String reason);

    /** Back to normal: ends what {@link #force} or {@link #disable} began, and looks at once. */
    CheckStatus enable(String name);
}
