package io.halcyon.lvs.nftables;

import java.io.IOException;

/** nft did not take a transaction, which changed nothing; a part of it may be taken. */
final class NotTaken extends IOException {

    private static final long serialVersionUID = 1L;

    NotTaken(String why) {
        super(why);
    }
}
