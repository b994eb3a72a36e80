package io.halcyon.spi.link;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears of interfaces. */
@ConsumerType
public interface LinkListener {

    /** An interface is there or has changed (flags, carrier, MAC, MTU, name or addresses). */
    void onLink(Link link);

    /** An interface is gone, or has another name now (then {@link #onLink} follows). */
    void onLinkGone(String name, int index);
}
