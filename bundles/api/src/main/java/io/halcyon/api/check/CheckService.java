package io.halcyon.api.check;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Reads health checks and runs one on demand. Thread-safe. */
@ProviderType
public interface CheckService {

    /** All checks, by name. */
    List<CheckStatus> checks();

    /** The check of that name. */
    Optional<CheckStatus> check(String name);

    /** How late runs of all checks began lately. */
    default StartLateness startLateness() {
        return StartLateness.NONE;
    }

    /** All types that are installed, by name. */
    List<CheckType> types();

    /**
     * Runs a check now and waits for the result, at most its timeout and a second; it counts like any other run.
     *
     * @throws IllegalArgumentException if there is no such check or its type is not installed
     */
    CheckStatus run(String name) throws InterruptedException;
}
