package io.halcyon.vrrp.engine.loop;

import io.halcyon.vrrp.protocol.VirtualRouter;

/** What a router is made of, for those that carry out its effects and describe it. */
record RouterParts(
        VirtualRouter machine,
        TrackBook tracks,
        Attachment attachment,
        Journal journal,
        HeardPeers peers,
        HeldAddresses addresses,
        Counters counters,
        Counters faults,
        Farewell farewell) {

    /** Of a router that is new: it has heard of no peer, and nobody waits for what becomes of it. */
    static RouterParts of(
            VirtualRouter machine,
            TrackBook tracks,
            Attachment attachment,
            Journal journal,
            HeldAddresses addresses,
            Counters counters) {
        return new RouterParts(
                machine,
                tracks,
                attachment,
                journal,
                new HeardPeers(),
                addresses,
                counters,
                new Counters(),
                new Farewell(machine));
    }
}
