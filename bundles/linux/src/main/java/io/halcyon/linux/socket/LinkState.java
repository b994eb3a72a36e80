package io.halcyon.linux.socket;

/** What an administrator wants of an interface. */
public enum LinkState {
    /** It is up, with or without a cable. */
    UP,
    /** It is down. */
    DOWN,
    /** There is no interface of that index any more. */
    GONE
}
