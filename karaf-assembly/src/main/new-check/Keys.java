package __PACKAGE__;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keys of the type {@code __NAME__}: {@code connect_port()} is key {@code connect.port} in the file. */
@ObjectClassDefinition(name = "__NAME__", description = "Up while a TCP server greets as it should.")
@interface __CLASS__Keys {

    // Without a default a key is required.
    @AttributeDefinition(name = "Port", description = "TCP port of the server.", min = "1", max = "65535")
    int connect_port();

    @AttributeDefinition(name = "Address", description = "Name or address of the server.", required = false)
    String connect_ip() default "127.0.0.1";

    @AttributeDefinition(
            name = "Greeting",
            description = "Text that the first line of the server must contain; empty: any line will do.",
            required = false)
    String greeting() default "";
}
