package io.halcyon.vrrp.protocol;

import java.net.InetAddress;

/** Something that happens to a virtual router. */
public sealed interface RouterEvent {

    /**
     * It may take part, or its source address changed.
     *
     * @param source address its advertisements come from
     */
    record Available(InetAddress source, String cause) implements RouterEvent {}

    /**
     * A run before this one, which ended badly, was master a short while ago and had not given up.
     *
     * @param provenAgoNanos how long ago it last advertised, at least
     */
    record LeftOversFound(long provenAgoNanos) implements RouterEvent {}

    /** It must not take part yet. */
    record Waiting(String cause) implements RouterEvent {}

    /**
     * It must not be master.
     *
     * @param linkLost whether nothing can be sent any more
     */
    record Faulted(String cause, boolean linkLost) implements RouterEvent {}

    /** A well-formed advertisement with our VRID arrived. */
    record Received(Advertisement advertisement, InetAddress source) implements RouterEvent {}

    /** {@link VirtualRouter#deadline()} is reached. */
    record Timer() implements RouterEvent {}

    /** Trackers or an override changed the priority; the owner's stays 255, others are cut to 1-254. */
    record PriorityChanged(int effectivePriority, String cause) implements RouterEvent {}

    /** The configuration changed; VRID and interface did not. */
    record Reconfigured(RouterConfig config, String cause) implements RouterEvent {}

    /** Somebody wants the addresses to move to another node; nothing unless we are {@code MASTER}. */
    record Failover(String cause) implements RouterEvent {}

    /**
     * Somebody else is to have the addresses for as long as something of ours is replaced; nothing unless we are
     * {@code MASTER}. Like {@link Failover}, but it is decided after 5 s: who replaces waits no longer.
     */
    record StepAside(String cause) implements RouterEvent {}

    /** It is to end with a handover. */
    record Stop(String cause) implements RouterEvent {}

    /** It is to end at once. */
    record StopNow(String cause) implements RouterEvent {}

    /** The loop slept too long; what arrived meanwhile follows, then {@link Resumed}. */
    record Stalled(long lateNanos) implements RouterEvent {}

    /** Everything that arrived during a stall has been told. */
    record Resumed() implements RouterEvent {}

    /** A priority 0 has gone out, which may have taken a while since it was wanted. */
    record ReleaseSent() implements RouterEvent {}

    /** How long the node that replaces us may take to put the addresses; told when it was heard. */
    record TakeoverTakes(long nanos) implements RouterEvent {}

    /** Another node announced one of our addresses (gratuitous ARP, neighbor advertisement). */
    record AnnouncementHeard(InetAddress address) implements RouterEvent {}
}
