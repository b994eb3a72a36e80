package io.halcyon.itests.karaf;

import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.CoreOptions.vmOptions;
import static org.ops4j.pax.exam.OptionUtils.combine;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.doNotModifyLogConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;

import io.halcyon.itests.lab.Directories;
import io.halcyon.itests.lab.Distribution;
import java.io.InputStream;
import java.nio.file.Path;
import org.ops4j.pax.exam.Option;

/** How Pax Exam starts our own tar.gz: much as {@code bin/halcyon} does, and fetching nothing from anywhere. */
final class Container {

    private static final String KARAF = System.getProperty("halcyon.karaf.version", "4.4.10");
    private static final Path MODULE = Distribution.root().resolve("itests/karaf");

    private Container() {}

    /** Options of a container with its files below {@code target/exam/NAME}. */
    static Option[] options(String name, Option... more) {
        var all = combine(
                ours(name),
                vmOptions(
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dhalcyon.socket=/run/halcyon-" + name + ".sock",
                        "--add-opens=java.base/java.net=ALL-UNNAMED",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--add-opens=java.base/java.util=ALL-UNNAMED",
                        "--add-opens=java.base/java.security=ALL-UNNAMED",
                        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                        "--add-exports=java.base/sun.net.www.protocol.file=ALL-UNNAMED",
                        "--add-exports=java.base/sun.net.www.protocol.jar=ALL-UNNAMED",
                        "-classpath",
                        "lib/boot/*:lib/jdk9plus/*:lib/endorsed/org.apache.karaf.specs.locator-" + KARAF + ".jar"));
        // Of an option that is given twice the JVM takes the last.
        return combine(all, more);
    }

    private static Option[] ours(String name) {
        var directory = MODULE.resolve("target/exam").resolve(name);
        Directories.recreate(directory);
        // Pax Exam reads it for the container, but it is failsafe's: without its good-bye the JVM hangs for 30 s.
        System.setIn(InputStream.nullInputStream());
        return new Option[] {
            karafDistributionConfiguration()
                    .frameworkUrl("file:" + Distribution.archive())
                    .name("Halcyon")
                    .karafVersion(KARAF)
                    .unpackDirectory(directory.toFile())
                    .useDeployFolder(false),
            // For a person who looks for the cause of a failure.
            keepRuntimeFolder(),
            configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
            doNotModifyLogConfiguration(),
            // The launcher makes the directory where it lies otherwise.
            editConfigurationFilePut("etc/config.properties", "karaf.pid.file", "${karaf.base}/halcyon.pid"),
            editConfigurationFilePut(
                    "etc/org.ops4j.pax.url.mvn.cfg",
                    "org.ops4j.pax.url.mvn.defaultRepositories",
                    "${karaf.home.uri}system@id=system.repository@snapshots, "
                            + MODULE.resolve("target/repository").toUri() + "@id=exam.repository@snapshots"),
            systemProperty("halcyon.test.root").value(Distribution.root().toString())
        };
    }
}
