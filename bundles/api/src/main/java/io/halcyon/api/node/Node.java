package io.halcyon.api.node;

import org.osgi.annotation.versioning.ProviderType;

/** What is there once per node. Thread-safe. */
@ProviderType
public interface Node {

    /** {@code router.id}: the name of this node in mails and events; the host name unless configured. */
    String routerId();
}
