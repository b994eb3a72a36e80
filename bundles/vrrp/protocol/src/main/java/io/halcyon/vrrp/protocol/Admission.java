package io.halcyon.vrrp.protocol;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether a well-formed advertisement fits a router: the checks of section 7.1 of the RFCs that need its configuration. */
final class Admission {

    private Admission() {}

    /** Why it is dropped, or null. */
    static @Nullable Fault refusal(Advertisement advertisement, RouterConfig config) {
        if (advertisement.version() != config.version()) {
            return Fault.VERSION_MISMATCH;
        }
        if (config.version() == 3) {
            return null;
        }
        int authType = config.authPass() == null ? Advertisement.AUTH_NONE : Advertisement.AUTH_PASS;
        if (advertisement.authType() != authType) {
            return Fault.AUTH_TYPE;
        }
        if (config.authPass() != null && !Objects.equals(config.authPass(), advertisement.authData())) {
            return Fault.AUTH_FAILURE;
        }
        // RFC 3768 section 7.1: version 2 has one interval for all, another one is dropped.
        // configured"
        return isOwnInterval(advertisement, config) ? null : Fault.INTERVAL_MISMATCH;
    }

    static boolean isOwnInterval(Advertisement advertisement, RouterConfig config) {
        return advertisement.intervalCentis() == config.advertIntervalCentis();
    }

    /** Order does not matter, RFC 9568 section 5.2.9. */
    static boolean areOwnAddresses(Advertisement advertisement, RouterConfig config) {
        List<InetAddress> heard = advertisement.addresses();
        List<InetAddress> own = config.addresses();
        return heard.equals(own) || (heard.size() == own.size() && new HashSet<>(heard).equals(new HashSet<>(own)));
    }
}
