package io.halcyon.api.vip;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Reads the virtual addresses of this node. Thread-safe. */
@ProviderType
public interface AddressService {

    /** Every address that is wanted, held or left over, in a stable order. */
    List<AddressStatus> addresses();
}
