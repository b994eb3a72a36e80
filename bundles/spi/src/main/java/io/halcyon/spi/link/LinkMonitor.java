package io.halcyon.spi.link;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Watches the machine's network interfaces. Thread-safe. */
@ConsumerType
public interface LinkMonitor {

    /** All interfaces as last seen. Returns at once. */
    List<Link> links();

    /**
     * Tells of every interface there is, then of every change.
     *
     * @param listener called from the monitor's thread (first calls: from the caller's); must return at once
     * @return closes the subscription; never throws
     */
    Subscription watch(LinkListener listener);

    /** What {@link #watch} returns. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
