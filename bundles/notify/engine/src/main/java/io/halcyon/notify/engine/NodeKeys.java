package io.halcyon.notify.engine;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keys that are there once per node. */
@ObjectClassDefinition(name = "Node", description = "What is there once per node.", pid = NodeKeys.PID)
@interface NodeKeys {

    String PID = "io.halcyon";

    @AttributeDefinition(
            name = "Router id",
            description = "Name of this node in mails and events; empty: its host name.",
            required = false)
    String router_id() default "";
}
