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
        Farewell farewell) {}
