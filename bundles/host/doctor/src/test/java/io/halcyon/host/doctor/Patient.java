package io.halcyon.host.doctor;

import io.halcyon.api.check.CheckStatus;
import io.halcyon.api.check.Health;
import io.halcyon.api.check.Verdict;
import io.halcyon.api.doctor.Diagnosis;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.lvs.VirtualServerStatus;
import io.halcyon.api.vrrp.RouterAddress;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.api.vrrp.RouterStatus;
import io.halcyon.api.vrrp.TrackStatus;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A host made of files in a directory and of what programs would print. */
final class Patient implements Commands {

    static final String ADDRESSES =
            """
            [{"ifindex":2,"ifname":"ens33","flags":["BROADCAST","MULTICAST","UP"],"linkinfo":{"info_kind":"veth"},"addr_info":[
              {"family":"inet","local":"192.168.88.129","prefixlen":24},
              {"family":"inet6","local":"fe80::1","prefixlen":64}]}]
            """;

    final Tree tree;
    final List<RouterStatus> routers = new ArrayList<>();
    final List<CheckStatus> checks = new ArrayList<>();
    final List<EventRecord> events = new ArrayList<>();
    final List<ConfiguredObject> objects = new ArrayList<>();
    final List<VirtualServerStatus> virtualServers = new ArrayList<>();
    private final Map<String, String> printed = new HashMap<>();

    Patient(Path root) {
        tree = new Tree(root);
        prints("ip -d -j addr", ADDRESSES);
    }

    Patient with(RouterStatus router) {
        routers.add(router);
        return this;
    }

    Patient with(VirtualServerStatus server) {
        virtualServers.add(server);
        return this;
    }

    Patient file(String path, String text) {
        try {
            Files.createDirectories(tree.path(path).getParent());
            Files.writeString(tree.path(path), text + "\n");
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Patient ipv4(String name, String scope, int value) {
        return file("/proc/sys/net/ipv4/conf/" + scope + "/" + name, Integer.toString(value));
    }

    Patient prints(String command, String output) {
        printed.put(command, output);
        return this;
    }

    Patient object(String pid, String name, String text) {
        try {
            Properties keys = new Properties();
            keys.load(new StringReader(text));
            objects.add(new ConfiguredObject(pid, name, keys));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Patient check(String name, String type, Health health) {
        Verdict verdict = new Verdict(name, health, "it said so", Instant.EPOCH, 0, false, null, 0);
        checks.add(new CheckStatus(
                name, type, verdict, "idle", 1000, 1000, 1, 1, 0, health, "", null, -1, -1, -1, null, List.of(),
                Map.of(), List.of(), Map.of(), List.of(), null));
        return this;
    }

    @Override
    public String run(List<String> words) throws IOException {
        String output = printed.get(String.join(" ", words));
        if (output == null) {
            throw new IOException(words.get(0) + " is not installed");
        }
        return output;
    }

    Diagnosis seenBy(Examination examination) {
        Sheet sheet = new Sheet();
        HostDoctor.examine(examination, new Situation(routers, checks, events, objects, virtualServers), sheet);
        return sheet.diagnosis();
    }

    /** VI_1 on ens33 with 192.168.88.50/32, MASTER, priority 100. */
    static RouterStatus router() {
        return new Router().status();
    }

    /** A router to be changed before it is one. */
    static final class Router {
        RouterState state = RouterState.MASTER;
        String cause = "nobody advertised";
        String transport = "raw";
        String master;
        int masterPriority;
        int version = 2;
        List<RouterAddress> addresses = List.of(new RouterAddress("192.168.88.50/32", "ens33", false, true));
        List<TrackStatus> tracks = List.of();
        Map<String, Long> timers = Map.of("advert.int", 1000L, "lease", 5000L);
        Map<String, Long> counters = Map.of();
        Map<String, Long> faults = Map.of();

        RouterStatus status() {
            return new RouterStatus(
                    "VI_1",
                    "ens33",
                    51,
                    version,
                    state,
                    cause,
                    Instant.EPOCH,
                    100,
                    100,
                    100,
                    master,
                    masterPriority,
                    "192.168.88.129",
                    transport,
                    "netlink",
                    addresses,
                    tracks,
                    timers,
                    counters,
                    faults,
                    List.of(),
                    List.of());
        }
    }
}
