package io.halcyon.itests.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who may import whom: the table of {@code docs/architecture.md}, as prefixes of package names. */
final class ImportTable {

    private static final List<String> EVERY_ROOM = List.of(
            "java.",
            "javax.",
            "jdk.net",
            "org.jspecify.annotations",
            "org.osgi.annotation.",
            "org.osgi.service.metatype.annotations");
    private static final List<String> API = List.of("io.halcyon.api.");
    private static final List<String> SPI = List.of("io.halcyon.spi.");
    private static final List<String> CONFIGURATION = List.of("io.halcyon.settings", "io.halcyon.json");
    private static final List<String> LINUX = List.of("io.halcyon.linux");
    private static final List<String> TLS = List.of("io.halcyon.tls");
    private static final List<String> COMPONENTS = List.of("org.osgi.service.component", "org.slf4j");
    private static final List<String> ENGINE =
            List.of("org.osgi.framework", "org.osgi.service.cm", "org.osgi.service.event");
    private static final List<String> JNA = List.of("com.sun.jna");
    private static final List<String> PROTOCOL = List.of("io.halcyon.vrrp.protocol");

    /** Plugins' and consoles' own third parties. */
    private static final Map<String, List<String>> OWN = Map.of(
            // Makes and registers the objects of a family that has no engine.
            "vip/exec", List.of("org.osgi.framework", "org.osgi.service.cm"),
            "check/http", List.of("com.fasterxml.jackson.core", "org.apache.hc.core5."),
            "check/felix", List.of("org.apache.felix.hc.api"),
            // Looks into other bundles for their drivers.
            "check/sql", List.of("org.osgi.service.jdbc", "org.osgi.framework"),
            "check/dns", List.of("org.xbill.DNS"),
            "notify/smtp", List.of("jakarta.mail", "jakarta.activation", "org.eclipse.angus."),
            "notify/snmp", List.of("org.snmp4j"),
            "transport/pcap", List.of("org.pcap4j.", "com.sun.jna"),
            // Gogo is the engine of Karaf's shell, and in the same bundle.
            "console/shell",
                    List.of(
                            "org.apache.karaf.",
                            "org.apache.felix.service.command",
                            "org.osgi.framework",
                            "org.jline."),
            "console/subject", List.of("org.objectweb.asm", "org.osgi.framework"));

    private ImportTable() {}

    /** Prefixes of the packages that a room may import, its own included. */
    static List<String> allowed(Room room) {
        List<String> allowed = new ArrayList<>(EVERY_ROOM);
        allowed.add(room.symbolicName());
        byFloor(room).forEach(allowed::addAll);
        allowed.addAll(OWN.getOrDefault(room.path(), List.of()));
        return allowed;
    }

    private static List<List<String>> byFloor(Room room) {
        if (room.isEngine()) {
            List<String> protocol = room.family().equals("vrrp") ? PROTOCOL : List.of();
            return List.of(API, SPI, CONFIGURATION, COMPONENTS, ENGINE, protocol);
        }
        return switch (room.path()) {
            case "api" -> List.of();
            case "spi", "settings", "vrrp/protocol" -> List.of(API);
            case "json" -> List.of(API, List.of("com.fasterxml.jackson."));
            case "linux" -> List.of(JNA, List.of("org.slf4j"));
            case "tls" -> List.of(SPI);
                // Namespaces for tests are made with what linux offers.
            case "testkit" -> List.of(
                    API,
                    SPI,
                    PROTOCOL,
                    LINUX,
                    JNA,
                    List.of("io.halcyon.transport.memory", "org.junit.", "org.assertj."));
            default -> switch (room.family()) {
                case "console", "keepalived" -> List.of(API, CONFIGURATION, COMPONENTS);
                default -> List.of(API, SPI, CONFIGURATION, LINUX, TLS, COMPONENTS);
            };
        };
    }
}
