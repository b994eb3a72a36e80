package io.halcyon.host.doctor;

import java.io.IOException;
import java.util.List;

/** Programs of the host that only look. */
interface Commands {

    /**
     * What a program prints on its standard output.
     *
     * @throws IOException if it is not installed, fails, prints more than can be judged, or takes too long; the message says
     *     which
     */
    String run(List<String> words) throws IOException;
}
