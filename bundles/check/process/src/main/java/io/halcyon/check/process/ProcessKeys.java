package io.halcyon.check.process;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Keys of the type {@code process}. */
@ObjectClassDefinition(name = "process", description = "Up while enough processes of a name or command run.")
@interface ProcessKeys {

    @AttributeDefinition(
            name = "Process",
            description = "Name of the process, or its command with parameters; split at blanks, quotes respected.")
    String process();

    @AttributeDefinition(
            name = "Full command",
            description = "The command that it was started with is compared, not its name; always so with parameters.",
            required = false)
    boolean full_command() default false;

    @AttributeDefinition(
            name = "Parameters",
            description = "exact: these parameters and no others; partial: the first ones; initial: as partial, and the"
                    + " last may go on. Empty: exact if parameters are given, otherwise any.",
            required = false)
    String param_match() default "";

    @AttributeDefinition(name = "Quorum", description = "DOWN when fewer run.", min = "0")
    int quorum() default 1;

    @AttributeDefinition(
            name = "Greatest number",
            description = "DOWN when more run; 0 means that none may, -1 that there is no limit.",
            min = "-1")
    int quorum_max() default -1;

    @AttributeDefinition(
            name = "Network",
            description = "Which processes count: those in our own network namespace (own), or all that we see (any).",
            options = {@Option("own"), @Option("any")})
    String network() default "own";

    @AttributeDefinition(
            name = "Delay",
            description = "Seconds for which a change has to last before it counts.",
            min = "0",
            max = "3600")
    double delay() default 0;

    @AttributeDefinition(
            name = "Fork delay",
            description = "As delay, for a change to the better; -1 means as delay.",
            min = "-1",
            max = "3600")
    double fork_delay() default -1;

    @AttributeDefinition(
            name = "Terminate delay",
            description = "As delay, for a change to the worse; -1 means as delay.",
            min = "-1",
            max = "3600")
    double terminate_delay() default -1;
}
