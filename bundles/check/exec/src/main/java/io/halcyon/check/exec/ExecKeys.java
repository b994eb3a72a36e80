package io.halcyon.check.exec;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keys of the type {@code exec}. */
@ObjectClassDefinition(name = "exec", description = "Up while an external command ends with exit status 0.")
@interface ExecKeys {

    @AttributeDefinition(
            name = "Script",
            description = "The command with its arguments, split at blanks, quotes respected; no shell looks at it.")
    String script();

    @AttributeDefinition(
            name = "User",
            description = "Who runs it: 'user', 'user group' or 'user:group'; empty means the user of the container.",
            required = false)
    String user() default "";

    @AttributeDefinition(
            name = "Dynamic weight",
            description = "Exit status 2 to 255 is UP as well, and asks for a weight of the status minus 2; 1 alone is"
                    + " DOWN.",
            required = false)
    boolean misc_dynamic() default false;
}
