package io.halcyon.itests.karaf;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import io.halcyon.api.event.EventRecord;
import io.halcyon.itests.karaf.notebook.NotebookFactory;
import io.halcyon.itests.karaf.other.TeaCheck;
import io.halcyon.itests.karaf.plugin.CoffeeCheck;
import io.halcyon.itests.lab.Distribution;
import io.halcyon.spi.check.HealthCheckFactory;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.Version;
import org.osgi.framework.Bundle;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Makes bundles as a plugin's author would, with bnd. */
final class PluginJar {

    private PluginJar() {}

    /** The check type {@code coffee} in some version. */
    static Path coffee(String version) {
        return bundle(
                "coffee-" + version,
                Map.of(
                        "Bundle-SymbolicName",
                        "com.example.coffee",
                        "Bundle-Version",
                        version,
                        "Private-Package",
                        CoffeeCheck.class.getPackageName()));
    }

    /** The check type {@code tea}. */
    static Path tea() {
        return bundle(
                "tea",
                Map.of(
                        "Bundle-SymbolicName",
                        "com.example.tea",
                        "Bundle-Version",
                        "1.0.0",
                        "Private-Package",
                        TeaCheck.class.getPackageName()));
    }

    /** The notifier type {@code notebook} of docs/notifier-guide.md in some version. */
    static Path notebook(String version) {
        return bundle(
                "notebook-" + version,
                Map.of(
                        "Bundle-SymbolicName",
                        "com.example.notebook",
                        "Bundle-Version",
                        version,
                        "Private-Package",
                        NotebookFactory.class.getPackageName()));
    }

    /** A bundle that nothing can resolve. */
    static Path unresolvable(String symbolicName) {
        return bundle(
                "unresolvable",
                Map.of(
                        "Bundle-SymbolicName", symbolicName,
                        "Import-Package", "com.example.nowhere",
                        "-resourceonly", "true"));
    }

    private static Path bundle(String name, Map<String, String> headers) {
        try (var builder = new Builder()) {
            for (var type : List.of(
                    CoffeeCheck.class,
                    HealthCheckFactory.class,
                    EventRecord.class,
                    Bundle.class,
                    Component.class,
                    ObjectClassDefinition.class,
                    Version.class)) {
                builder.addClasspath(new File(
                        type.getProtectionDomain().getCodeSource().getLocation().toURI()));
            }
            headers.forEach(builder::setProperty);
            var file = Files.createDirectories(Distribution.root().resolve("itests/karaf/target/plugins"))
                    .resolve(name + ".jar");
            try (Jar jar = builder.build()) {
                if (!builder.isOk()) {
                    throw new AssertionError(builder.getErrors() + " " + builder.getWarnings());
                }
                jar.write(file.toFile());
            }
            return file;
        } catch (Exception e) { // declared so by bnd
            throw new AssertionError(name, e);
        }
    }
}
