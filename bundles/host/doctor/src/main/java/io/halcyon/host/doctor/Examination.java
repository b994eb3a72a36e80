package io.halcyon.host.doctor;

import java.io.IOException;

/** Looks at one thing. Without state, so that every look is a new one. */
interface Examination {

    /** What it is called in sentences. */
    String subject();

    /**
     * Looks and writes down what it sees.
     *
     * @throws IOException if it cannot look; the message says why and what would help
     */
    void look(Situation situation, Sheet sheet) throws IOException;
}
