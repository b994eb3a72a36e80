package io.halcyon.check.tcp;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keys of the type {@code tcp}. */
@ObjectClassDefinition(name = "tcp", description = "Up while a TCP connection can be opened, and answers as expected.")
@interface TcpKeys {

    @AttributeDefinition(name = "Connect to", description = "Address or host name to connect to.")
    String connect_ip() default "127.0.0.1";

    @AttributeDefinition(name = "Port", description = "Port to connect to.", min = "1", max = "65535")
    int connect_port();

    @AttributeDefinition(
            name = "Send",
            description =
                    "What is sent once connected; %XX is the byte with that hexadecimal number, %25 a percent sign."
                            + " Empty: nothing.",
            required = false)
    String send() default "";

    @AttributeDefinition(
            name = "Expect",
            description = "What must come within the first mebibyte of the answer, written like send. Empty: nothing.",
            required = false)
    String expect() default "";
}
