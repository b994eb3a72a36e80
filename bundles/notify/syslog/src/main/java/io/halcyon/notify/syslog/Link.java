package io.halcyon.notify.syslog;

import java.io.IOException;

/** An open way to a receiver. One thread at a time uses it. */
interface Link {

    /** What has become of a link. */
    enum State {
        FINE,
        /** The receiver ended it in order: it has read what was written. */
        ENDED,
        /** It broke: what was written last may never have been read. */
        LOST
    }

    /** Looks without waiting. */
    State look();

    /** Writes one message as it is framed here. */
    void write(byte[] message) throws IOException;

    /** Ends it. What was written is still delivered where that is possible. */
    void close();
}
