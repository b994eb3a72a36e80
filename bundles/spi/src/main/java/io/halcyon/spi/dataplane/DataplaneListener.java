package io.halcyon.spi.dataplane;

import java.util.Collection;

/** Hears what became of orders. */
public interface DataplaneListener {

    /** The kernel has these services as they were last wanted. */
    void onApplied(Collection<ServiceKey> services);

    /** The kernel does not take a service; it is tried again by the data plane. */
    void onFailed(ServiceKey service, String reason);

    /** Somebody else had changed a service, and it is as it was wanted again. */
    void onRepaired(ServiceKey service, String what);

    /** Something that is no single service went wrong: options, synchronization, the kernel is not to be reached. */
    void onTrouble(String what);
}
