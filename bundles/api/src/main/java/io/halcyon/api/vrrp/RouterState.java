package io.halcyon.api.vrrp;

/** States of a virtual router, RFC 9568 section 6.3 with keepalived's {@code FAULT}. */
public enum RouterState {
    /** Not taking part yet: just created, or a tracked check has no verdict, or its transport is not there. */
    INIT,
    /** Listens; takes over when the master falls silent. */
    BACKUP,
    /** Advertises and holds the addresses. */
    MASTER,
    /** Must not be master: interface down, no address, or an unweighted tracker failed. */
    FAULT
}
