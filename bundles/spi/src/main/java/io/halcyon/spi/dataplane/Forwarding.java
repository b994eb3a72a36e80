package io.halcyon.spi.dataplane;

/** How packets reach a destination. */
public sealed interface Forwarding {

    /**
     * The destination's address takes the place of the virtual one.
     *
     * @param masquerade whether ours takes the place of the client's, so that answers come back this way whatever the
     *     destination's routes are; it does not see who the client is then
     */
    record Nat(boolean masquerade) implements Forwarding {
        @Override
        public String toString() {
            return "NAT";
        }
    }

    /** The frame goes on with the destination's MAC; it has the virtual address itself and does not announce it. */
    record DirectRouting() implements Forwarding {
        @Override
        public String toString() {
            return "DR";
        }
    }

    /**
     * The packet goes on inside another one.
     *
     * @param encapsulation of which kind
     * @param port UDP port of GUE, 0 otherwise
     * @param checksum of GUE and GRE
     */
    record Tunnel(Encapsulation encapsulation, int port, Checksum checksum) implements Forwarding {
        @Override
        public String toString() {
            return "TUN";
        }
    }

    /** Kinds of tunnels (linux/ip_vs.h). */
    enum Encapsulation {
        /** IP in IP. */
        IPIP,
        /** Generic UDP encapsulation. */
        GUE,
        /** Generic routing encapsulation. */
        GRE
    }

    /** Checksums inside a tunnel. */
    enum Checksum {
        /** None. */
        NOCSUM,
        /** A checksum. */
        CSUM,
        /** A checksum that the receiver computes (GUE). */
        REMCSUM
    }
}
