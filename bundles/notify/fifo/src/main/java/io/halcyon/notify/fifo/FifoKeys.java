package io.halcyon.notify.fifo;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Keys of the type {@code fifo}. */
@ObjectClassDefinition(name = "fifo", description = "Writes a line per event to a FIFO.")
@interface FifoKeys {

    @AttributeDefinition(
            name = "FIFO",
            description = "Its full path. What is not there is made with the first line and removed at the end.")
    String fifo();

    @AttributeDefinition(
            name = "Format",
            description = "keepalived: its lines, for what it has lines for; json: every event as one line of JSON.",
            options = {@Option("keepalived"), @Option("json")})
    String format() default "keepalived";

    @AttributeDefinition(
            name = "What",
            description = "vrrp: routers and groups, as vrrp_notify_fifo; lvs: servers, as lvs_notify_fifo; all: both.",
            options = {@Option("all"), @Option("vrrp"), @Option("lvs")})
    String what() default "all";

    @AttributeDefinition(
            name = "Priorities",
            description = "Whether changes of priority are told too, as vrrp_notify_priority_changes (kind priority).")
    boolean priorities() default false;

    @AttributeDefinition(
            name = "LVS NUL",
            description = "Whether a line about servers is followed by a zero byte, as some versions of keepalived have"
                    + " it.")
    boolean lvs_nul() default false;

    @AttributeDefinition(
            name = "Script",
            description = "Reader: started with the FIFO's path as its last argument, again whenever it ends, and"
                    + " ended with the notifier.",
            required = false)
    String script() default "";

    @AttributeDefinition(
            name = "User",
            description = "Owner of the FIFO that is made, and who runs the script: 'user', 'user group' or"
                    + " 'user:group'; empty: the user of the container.",
            required = false)
    String user() default "";

    @AttributeDefinition(
            name = "Mode",
            description = "Permissions of the FIFO that is made, octal; nobody but its owner may write.")
    String mode() default "0600";
}
