package io.halcyon.vrrp.protocol;

/** What became of a received message. */
public sealed interface Decoded {

    /** It is well-formed. */
    record Accepted(Advertisement advertisement) implements Decoded {}

    /**
     * It is malformed.
     *
     * @param fault what is wrong with it
     * @param vrid its virtual router id, 0 if it is too short to say
     */
    record Refused(Fault fault, int vrid) implements Decoded {}
}
