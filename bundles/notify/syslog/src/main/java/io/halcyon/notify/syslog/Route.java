package io.halcyon.notify.syslog;

import java.io.IOException;

/** Opens links to one receiver. Immutable. */
interface Route {

    /** For messages: whom it leads to. */
    String place();

    Link open() throws IOException;
}
