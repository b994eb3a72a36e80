package io.halcyon.itests.karaf.notebook;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keys of the type {@code notebook}. */
@ObjectClassDefinition(name = "notebook", description = "Writes each event on a line of a file.")
@interface NotebookKeys {

    @AttributeDefinition(name = "File", description = "File to write to, as an absolute path.")
    String file();
}
