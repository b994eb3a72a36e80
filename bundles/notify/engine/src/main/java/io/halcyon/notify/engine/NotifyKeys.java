package io.halcyon.notify.engine;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Keys that every notifier has, whatever its type. */
@ObjectClassDefinition(
        name = "Notifier",
        description = "Tells somebody of events, in order, and tries again until they arrived.",
        factoryPid = NotifyKeys.PID)
@interface NotifyKeys {

    String PID = "io.halcyon.notify";

    @AttributeDefinition(name = "Type", description = "How to tell: smtp, or another type that is installed.")
    String type();

    @AttributeDefinition(
            name = "Events",
            description = "Kinds of events to tell of: a router's transition, a check's verdict, a change of priority,"
                    + " trouble with an address, a configuration accepted or refused, a stall, a plugin that came or went,"
                    + " maintenance: a verdict held by hand.",
            options = {
                @Option("transition"),
                @Option("verdict"),
                @Option("priority"),
                @Option("rival"),
                @Option("server"),
                @Option("address"),
                @Option("configuration"),
                @Option("stall"),
                @Option("plugin"),
                @Option("maintenance"),
                @Option("node")
            })
    String[] events() default {"transition"};
}
