package io.halcyon.link.netlink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sysctl {@code promote_secondaries}. The kernel obeys it if it is set for the interface or for all. */
final class PromoteSecondaries {

    private static final Path ROOT = Path.of("/proc/sys/net/ipv4/conf");

    private PromoteSecondaries() {}

    static boolean of(String link) {
        return isSet("all") || isSet(link);
    }

    private static boolean isSet(String name) {
        try {
            return Files.readString(ROOT.resolve(name).resolve("promote_secondaries"))
                    .startsWith("1");
        } catch (IOException e) {
            // The interface has just gone, or has no IPv4.
            return false;
        }
    }
}
