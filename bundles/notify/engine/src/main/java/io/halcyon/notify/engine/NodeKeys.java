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

    @AttributeDefinition(
            name = "Journal size",
            description = "MiB of disk for the journal of events; then the oldest go.",
            min = "1",
            max = "10240")
    int journal_size() default 16;

    @AttributeDefinition(
            name = "Journal age",
            description = "Days for which the journal keeps events, decimals allowed.",
            min = "0.01",
            max = "36500")
    double journal_age() default 30;
}
