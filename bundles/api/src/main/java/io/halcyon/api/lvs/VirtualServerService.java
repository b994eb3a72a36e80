package io.halcyon.api.lvs;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Reads virtual servers and gives them commands. Thread-safe; each call waits at most two seconds for the engine and two for
 * the kernel, and throws {@link IllegalStateException} if there is no answer by then.
 *
 * <p>Commands are for one real server and touch nothing else. They throw {@link IllegalArgumentException} with a sentence for
 * the person who typed them if there is no such server or they make no sense. What they decide survives a restart of the
 * container.
 */
@ProviderType
public interface VirtualServerService {

    /** All virtual servers, by name. */
    List<VirtualServerStatus> virtualServers();

    /** The virtual server of that name, empty if there is none. */
    Optional<VirtualServerStatus> virtualServer(String name);

    /** Why it is as it is and what would change it. */
    VirtualServerExplanation explain(String name);

    /**
     * Gives a real server a weight.
     *
     * @param weight 0 to 2^31-1, or -1 to return to the configured one
     */
    void weight(String name, String realServer, int weight);

    /**
     * A real server gets no new connections from now on and keeps those it has.
     *
     * @param deadline when connections that are left are ended, 1 s to 366 days, null for never
     * @param lasting when it returns by itself, 1 s to 366 days, null for not before {@link #undrain}
     * @param reason why, for whoever reads it later; may be empty, at most 200 characters are kept
     */
    void drain(String name, String realServer, @Nullable Duration deadline, @Nullable Duration lasting, String reason);

    /** A real server that was drained serves again as its checks say. */
    void undrain(String name, String realServer);

    /** Takes the kernel's entries of a virtual server away and makes them anew; its connections are lost. */
    void rebuild(String name);
}
