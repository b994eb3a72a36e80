package io.halcyon.vrrp.protocol;

/** What can be wrong with a received packet. Each has a counter of its own. */
public enum Fault {
    TOO_SHORT("shorter than the 8 octets every VRRP message has"),
    BAD_TTL("IP TTL is not 255: the packet crossed a router"),
    BAD_VERSION("neither VRRP version 2 nor 3"),
    BAD_TYPE("not an advertisement"),
    BAD_LENGTH("length does not fit the number of addresses"),
    BAD_CHECKSUM("checksum is wrong"),
    ZERO_INTERVAL("advertisement interval is 0"),
    UNKNOWN_VRID("no router with this VRID on the interface"),
    VERSION_MISMATCH("version is not the one configured here"),
    AUTH_TYPE("authentication type is not the one configured here"),
    AUTH_FAILURE("password is not ours"),
    INTERVAL_MISMATCH("advertisement interval is not ours (version 2: dropped, version 3: adopted)"),
    ADDRESS_MISMATCH("addresses are not ours (accepted)"),
    OWN_ADDRESS("source address is our own");

    private final String description;

    Fault(String description) {
        this.description = description;
    }

    /** One line for a person. */
    public String description() {
        return description;
    }
}
