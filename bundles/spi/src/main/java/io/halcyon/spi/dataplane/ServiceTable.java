package io.halcyon.spi.dataplane;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Services that are wanted. Orders return at once and are carried out in turn; several that wait become one change of the
 * kernel where it can do that. Thread-safe.
 */
@ConsumerType
public interface ServiceTable extends AutoCloseable {

    /**
     * Makes these services wanted as they are given, and leaves all others alone. What the kernel has of them already, from an
     * earlier run, is adopted: connections go on, and what is right is not touched. Whose connections an order ends that waits
     * yet, its connections end although another order for the service comes behind it, and those of nobody else.
     */
    void put(Collection<Desired> services);

    /** Takes services away. */
    void remove(Collection<ServiceKey> services);

    /** Everything that is configured has been put: what an earlier run left and nobody asked for goes now. */
    void settle();

    /** Makes these options wanted. */
    void options(Options options);

    /** Makes these synchronization daemons wanted, and no others; none where the data plane has no such thing. */
    void synchronize(Set<SyncDaemon> daemons);

    /** Reads what all services of this table have done; waits for the kernel, at most two seconds. */
    List<ServiceFigures> figures() throws IOException;

    /** Closes the table after what was ordered before; the kernel goes on as it is. */
    @Override
    void close();
}
