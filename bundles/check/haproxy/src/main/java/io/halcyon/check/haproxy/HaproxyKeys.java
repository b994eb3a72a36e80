package io.halcyon.check.haproxy;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keys of the type {@code haproxy}. */
@ObjectClassDefinition(name = "haproxy", description = "Up while HAProxy lives and can do what it is there for.")
@interface HaproxyKeys {

    @AttributeDefinition(
            name = "Pid file",
            description = "Where HAProxy writes the number of its process (haproxy -p); empty: not looked at.",
            required = false)
    String pid_file() default "";

    @AttributeDefinition(
            name = "Process",
            description = "Name of the process that the pid file names; empty: any.",
            required = false)
    String process() default "haproxy";

    @AttributeDefinition(
            name = "Stats socket",
            description = "Path of the stats socket, on Debian /run/haproxy/admin.sock; empty: not asked.",
            required = false)
    String socket() default "";

    @AttributeDefinition(
            name = "Statistics page",
            description = "URL (http://...) of the statistics page; ;csv is put behind it. Empty: not asked for.",
            required = false)
    String stats_url() default "";

    @AttributeDefinition(name = "User", description = "Name for stats auth; empty: none.", required = false)
    String stats_user() default "";

    @AttributeDefinition(
            name = "Password",
            description = "Password for stats auth; better kept in a file named by stats.password.file.",
            required = false,
            type = AttributeType.PASSWORD)
    String stats_password() default "";

    @AttributeDefinition(
            name = "Backends",
            description =
                    "NAME:N each: DOWN with fewer than N servers UP in backend NAME; * is every one with servers.",
            required = false)
    String[] backends() default {};

    @AttributeDefinition(
            name = "Backup servers",
            description = "Whether servers marked as backup count as well.",
            required = false)
    boolean backends_backup() default false;

    @AttributeDefinition(
            name = "Frontends",
            description = "Names: DOWN unless each is OPEN; * is every one.",
            required = false)
    String[] frontends() default {};

    @AttributeDefinition(
            name = "Queue",
            description = "DEGRADED above this number of requests that wait in one backend; -1 means no limit.",
            min = "-1")
    int queue_max() default -1;

    @AttributeDefinition(
            name = "Sessions",
            description = "DEGRADED above this percentage of the session limit of a frontend, or of the whole process"
                    + " (asked by the socket); -1 means no limit.",
            min = "-1",
            max = "100")
    int sessions_max() default -1;

    @AttributeDefinition(
            name = "Longest answer",
            description = "Bytes of an answer that are read at most; one that is longer is DEGRADED.",
            min = "1024",
            max = "67108864")
    int response_max() default 1048576;

    @AttributeDefinition(
            name = "Source address",
            description =
                    "Address of this machine from which the statistics page is asked for; empty: the route decides.",
            required = false)
    String bindto() default "";

    @AttributeDefinition(
            name = "Source port",
            description = "Port from which the statistics page is asked for; 0: any.",
            min = "0",
            max = "65535")
    int bind_port() default 0;

    @AttributeDefinition(
            name = "Interface",
            description = "Interface by which the statistics page is asked for; empty: the route decides.",
            required = false)
    String bind_if() default "";

    @AttributeDefinition(
            name = "Firewall mark",
            description = "Mark of what is sent, for firewall and routing rules; 0 means none.",
            min = "0",
            max = "2147483647")
    int fwmark() default 0;
}
