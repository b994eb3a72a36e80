package io.halcyon.api.doctor;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Looks for what commonly breaks virtual routers. Whiteboard: every registered one is asked by {@code ha:doctor}, so a plugin
 * brings its own examination by registering another. Thread-safe.
 */
@ConsumerType
public interface Doctor {

    /**
     * Looks at the host and the node as they are now, and changes nothing. Called on the thread of the command, never on one that
     * advertises; returns within three seconds.
     *
     * @return what was looked at, found, and could not be looked at; trouble of the examination itself is the last, not an exception
     */
    Diagnosis examine();
}
