package io.halcyon.lvs.nftables;

import io.halcyon.linux.LinuxException;
import io.halcyon.linux.netlink.Nftables;
import io.halcyon.spi.dataplane.Dataplane;
import io.halcyon.spi.dataplane.DataplaneListener;
import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Forwarding;
import io.halcyon.spi.dataplane.ServiceTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Virtual servers in a table of nftables. */
@Component
public final class NftablesDataplane implements Dataplane {

    private static final int PREFERENCE = 50;
    private static final Path NET = Path.of("/proc/sys/net");

    @Override
    public String name() {
        return "nftables";
    }

    @Override
    public int preference() {
        return PREFERENCE;
    }

    @Override
    public List<String> refusals(Desired desired) {
        return Refusals.of(desired);
    }

    @Override
    public List<String> needs(Desired desired) {
        var needs = new ArrayList<String>();
        boolean ipv6 = desired.service().key().ipv6();
        needs.add(forwarding(
                ipv6 ? "net.ipv6.conf.all.forwarding" : "net.ipv4.ip_forward",
                NET.resolve(ipv6 ? "ipv6/conf/all/forwarding" : "ipv4/ip_forward")));
        if (desired.destinations().stream()
                .anyMatch(to -> to.forwarding() instanceof Forwarding.Nat nat && !nat.masquerade())) {
            needs.add(
                    "real servers answer clients by way of this host: their route to clients leads here, or masquerade ="
                            + " yes (they do not see who the client is then); clients in the real servers' own network always need"
                            + " masquerade = yes");
        }
        return needs;
    }

    private static String forwarding(String key, Path file) {
        try {
            return key + " = 1 on this host; now it is "
                    + Files.readString(file).strip();
        } catch (IOException notToBeRead) {
            return key + " = 1 on this host";
        }
    }

    @Override
    public List<String> limits() {
        if (!Nft.installed()) {
            return List.of("the program nft is not installed (Debian package nftables)");
        }
        try (var kernel = Nftables.open(Names.TABLE)) {
            kernel.generation();
            return List.of();
        } catch (LinuxException e) {
            return List.of("the kernel's nf_tables is not to be reached: " + e.getMessage());
        } catch (IOException e) {
            return List.of("the kernel's nf_tables is not to be reached: " + e);
        }
    }

    @Override
    public ServiceTable open(DataplaneListener listener) {
        var table = new NftablesTable(listener);
        table.start();
        return table;
    }
}
