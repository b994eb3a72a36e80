package io.halcyon.lvs.ipvs;

import io.halcyon.spi.dataplane.Options;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Timeouts and sysctls. Remembers what the host had before, and gives it back when nobody wants anything else any more. Belongs
 * to thread {@code lvs-ipvs}.
 */
final class TableOptions {

    private final Sysctls sysctls;
    private final Map<String, Integer> had = new HashMap<>();
    private Options wanted = Options.NONE;
    private boolean untouched = true;

    TableOptions(Sysctls sysctls) {
        this.sysctls = sysctls;
    }

    void want(Options options) {
        wanted = options;
        untouched &= options.equals(Options.NONE);
    }

    /**
     * Makes them as they are wanted.
     *
     * @return what had to be changed, for a person
     */
    List<String> reconcile(Kernel kernel) throws IOException {
        List<String> changed = new ArrayList<>();
        if (untouched) {
            return changed;
        }
        Timeouts now = kernel.timeouts();
        Timeouts target = new Timeouts(
                target("timeout tcp", wanted.tcpSeconds(), now.tcp(), changed),
                target("timeout tcpfin", wanted.tcpFinSeconds(), now.tcpFin(), changed),
                target("timeout udp", wanted.udpSeconds(), now.udp(), changed));
        if (!target.equals(now)) {
            kernel.timeouts(target);
        }
        sysctl(Sysctls.EXPIRE_NODEST_CONN, wanted.expireNodestConn(), changed);
        sysctl(Sysctls.EXPIRE_QUIESCENT_TEMPLATE, wanted.expireQuiescentTemplate(), changed);
        sysctl(Sysctls.CONNTRACK, wanted.conntrack(), changed);
        return changed;
    }

    private void sysctl(String name, boolean wish, List<String> changed) throws IOException {
        if (!wish && !had.containsKey("net.ipv4.vs." + name)) {
            return;
        }
        int now = sysctls.read(name);
        int target = target("net.ipv4.vs." + name, wish ? 1 : 0, now, changed);
        if (target != now) {
            sysctls.write(name, target);
        }
    }

    private int target(String name, int wish, int now, List<String> changed) {
        int target = wish != 0 ? wish : had.getOrDefault(name, now);
        if (wish == 0) {
            had.remove(name);
        } else {
            had.putIfAbsent(name, now);
        }
        if (target != now) {
            changed.add(name + " was " + now + " instead of " + target);
        }
        return target;
    }
}
