package io.halcyon.check.heartbeat;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keys of the type {@code heartbeat}. */
@ObjectClassDefinition(name = "heartbeat", description = "Up while somebody tells in time that he lives.")
@interface HeartbeatKeys {

    @AttributeDefinition(
            name = "Deadline",
            description = "DOWN when the last beat is older than this, in seconds.",
            min = "0.01",
            max = "31536000")
    double deadline() default 60;

    @AttributeDefinition(
            name = "File",
            description = "Absolute path of a file; a beat is to write or touch it.",
            required = false)
    String file() default "";

    @AttributeDefinition(
            name = "Socket",
            description =
                    "Unix socket to listen on: an absolute path, or a name in the run directory; a beat is a line.",
            required = false)
    String socket() default "";

    @AttributeDefinition(
            name = "Group of the socket",
            description = "Group that may use the socket (mode 0660); empty: only the container's user (mode 0600).",
            required = false)
    String socket_group() default "";
}
