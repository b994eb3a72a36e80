package io.halcyon.host.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** IPv4 settings of an interface; what is set for {@code all} counts, too, and the larger number wins. */
record Sysctl(Tree tree, String name) {

    int effective(String networkInterface) throws IOException {
        return Math.max(value("all"), value(networkInterface));
    }

    private int value(String scope) throws IOException {
        return tree.number("/proc/sys/net/ipv4/conf/" + scope + "/" + name);
    }

    /** The command that makes the setting what it should be, wherever it is larger now. */
    String cure(String networkInterface, int wanted) throws IOException {
        List<String> settings = new ArrayList<>();
        for (String scope : List.of("all", networkInterface)) {
            if (value(scope) > wanted) {
                settings.add(setting(scope, wanted));
            }
        }
        return command(settings);
    }

    String setting(String scope, int wanted) {
        // Dots of an interface's name are slashes here, see sysctl(8).
        return "net.ipv4.conf." + scope.replace('.', '/') + "." + name + "=" + wanted;
    }

    static String command(List<String> settings) {
        return "sysctl -w " + String.join(" ", settings) + " (to keep it: the same in /etc/sysctl.d/90-halcyon.conf)";
    }

    /** {@code arp_ignore is 2 (all 0, ens33 2)}. */
    String figures(String networkInterface) throws IOException {
        return name + " is " + effective(networkInterface) + " (all " + value("all") + ", " + networkInterface + " "
                + value(networkInterface) + ")";
    }
}
