package io.halcyon.check.http;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Keys of the type {@code http}; {@link HttpsKeys} has all of them too. */
@ObjectClassDefinition(name = "http", description = "Up while a server answers by HTTP as expected.")
@interface HttpKeys {

    @AttributeDefinition(name = "Connect to", description = "Address or host name to connect to.")
    String connect_ip() default "127.0.0.1";

    @AttributeDefinition(
            name = "Port",
            description = "Port to connect to; 0: 80, or 443 for https.",
            min = "0",
            max = "65535")
    int connect_port() default 0;

    @AttributeDefinition(
            name = "Connect timeout",
            description = "Seconds within which the connection must be open; 0 means that timeout alone limits it.",
            min = "0",
            max = "3600")
    double connect_timeout() default 0;

    @AttributeDefinition(
            name = "URLs",
            description = "Paths that are asked for in turn, each with what is expected of it alone (see above).")
    String[] url() default {"/"};

    @AttributeDefinition(name = "Method", description = "Method of the requests.")
    String method() default "GET";

    @AttributeDefinition(
            name = "Protocol",
            description =
                    "Version of the requests; 1.0C is 1.0 with Connection: close. 2 is spoken at once, without upgrade.",
            options = {
                @Option(label = "HTTP/1.0", value = "1.0"),
                @Option(label = "HTTP/1.0 with Connection: close", value = "1.0C"),
                @Option(label = "HTTP/1.1", value = "1.1"),
                @Option(label = "HTTP/2", value = "2")
            })
    String http_protocol() default "1.1";

    @AttributeDefinition(
            name = "Virtual host",
            description = "Host header; empty: connect.ip and port.",
            required = false)
    String virtualhost() default "";

    @AttributeDefinition(
            name = "Headers",
            description = "Further header fields, each written as NAME: VALUE.",
            required = false)
    String[] header() default {};

    @AttributeDefinition(
            name = "Body",
            description = "What is sent as the body of the requests, at most 16 KiB of UTF-8.",
            required = false)
    String body() default "";

    @AttributeDefinition(
            name = "Status codes",
            description = "Status codes that are fine: numbers and ranges, such as 200-299, 404.")
    String[] status_code() default {"200-299"};

    @AttributeDefinition(
            name = "Digest",
            description = "MD5 (32 hexadecimal digits, as genhash prints it) or SHA-256 (64) of the body.",
            required = false)
    String digest() default "";

    @AttributeDefinition(
            name = "Regular expression",
            description = "What must be found in the body, read as UTF-8; Java's syntax.",
            required = false)
    String regex() default "";

    @AttributeDefinition(name = "No match", description = "Whether the expression must not be found.", required = false)
    boolean regex_no_match() default false;

    @AttributeDefinition(
            name = "Options of the expression",
            description = "Any of caseless, dotall, extended, literal, multiline, ucp.",
            required = false)
    String[] regex_options() default {};

    @AttributeDefinition(
            name = "First offset",
            description = "Character of the body at which the search begins.",
            min = "0")
    int regex_min_offset() default 0;

    @AttributeDefinition(
            name = "Last offset",
            description = "Character of the body before which the search ends; 0 means the end of the body.",
            min = "0")
    int regex_max_offset() default 0;

    @AttributeDefinition(
            name = "JSON pointer",
            description = "Place in a JSON body, such as /status, that must be there.",
            required = false)
    String json_pointer() default "";

    @AttributeDefinition(
            name = "JSON value",
            description = "Text, number, true, false or null that must be in that place; empty: anything.",
            required = false)
    String json_value() default "";

    @AttributeDefinition(
            name = "Redirects",
            description = "How many redirects of one URL are followed; 0: none.",
            min = "0",
            max = "20")
    int redirect_max() default 0;

    @AttributeDefinition(
            name = "Longest body",
            description = "Bytes of a body that are read at most; a longer one is DOWN.",
            min = "0",
            max = "67108864")
    int body_max() default 1048576;

    @AttributeDefinition(
            name = "Compression",
            description = "Whether gzip is asked for; the body is looked at after it was inflated.",
            required = false)
    boolean gzip() default false;

    @AttributeDefinition(
            name = "Slowest answer",
            description = "DEGRADED if all answers together take longer than this number of seconds; 0 means no limit.",
            min = "0",
            max = "3600")
    double latency_max() default 0;

    @AttributeDefinition(
            name = "Source address",
            description = "Address of this machine from which connections come; empty: the route decides.",
            required = false)
    String bindto() default "";

    @AttributeDefinition(
            name = "Source port",
            description = "Port from which connections come; 0: any.",
            min = "0",
            max = "65535")
    int bind_port() default 0;

    @AttributeDefinition(
            name = "Interface",
            description = "Interface by which packets go and come; empty: the route decides.",
            required = false)
    String bind_if() default "";

    @AttributeDefinition(
            name = "Firewall mark",
            description = "Mark of what is sent, for firewall and routing rules; 0 means none.",
            min = "0",
            max = "2147483647")
    int fwmark() default 0;
}
