package io.halcyon.host.doctor;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.Severity;
import io.halcyon.api.vrrp.RouterStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether another service thinks that addresses on a router's interface are its own business. */
final class NetworkServices implements Examination {

    private static final String REMOVED = "was removed by somebody else";

    private final Tree tree;
    private final Commands commands;

    NetworkServices(Tree tree, Commands commands) {
        this.tree = tree;
        this.commands = commands;
    }

    @Override
    public String subject() {
        return "network services";
    }

    @Override
    public void look(Situation situation, Sheet sheet) throws IOException {
        List<String> running = new ArrayList<>();
        boolean networkd = tree.runs("systemd-networkd");
        boolean manager = tree.runs("NetworkManager");
        if (networkd) {
            running.add("systemd-networkd");
        }
        if (manager) {
            running.add("NetworkManager");
        }
        if (!running.isEmpty()) {
            NetworkInterfaces interfaces = NetworkInterfaces.read(commands);
            for (String name : situation.interfaces()) {
                Optional<Value> found = interfaces.named(name);
                if (found.isPresent()) {
                    String index = found.get().get("ifindex").text();
                    if (networkd) {
                        networkd(name, index, situation, sheet);
                    }
                    if (manager) {
                        networkManager(name, index, situation, sheet);
                    }
                }
            }
        }
        sheet.examined("network services: "
                + (running.isEmpty()
                        ? "neither systemd-networkd nor NetworkManager runs"
                        : String.join(", ", running) + " run"));
    }

    private void networkd(String name, String index, Situation situation, Sheet sheet) throws IOException {
        List<String> state = lines("/run/systemd/netif/links/" + index);
        String admin = value(state, "ADMIN_STATE");
        String file = value(state, "NETWORK_FILE");
        if (file.isEmpty() || admin.equals("unmanaged")) {
            return;
        }
        String keeps = keeps(file, value(state, "NETWORK_FILE_DROPINS"));
        boolean leased = situation.routersOn(name).stream()
                .anyMatch(router -> router.timers().getOrDefault("lease", 0L) > 0);
        // networkd tells addresses with a lifetime, which ours have, from those without.
        if (keeps.equals("yes") || keeps.equals("true") || keeps.equals(leased ? "dhcp" : "static")) {
            return;
        }
        String drop = file.startsWith("/etc/") ? file + ".d" : "/etc/systemd/network/" + base(file) + ".d";
        sheet.found(
                Severity.WARNING,
                situation.namesOn(name),
                "systemd-networkd manages " + name + " (ADMIN_STATE=" + admin + ") by " + file + ", "
                        + (keeps.isEmpty() ? "without KeepConfiguration" : "with KeepConfiguration=" + keeps)
                        + removals(situation, name),
                "whenever it restarts or is reloaded it removes addresses that it did not add; ours come back at once, but are gone"
                        + " for a moment",
                "mkdir -p " + drop + " && printf '[Network]\\nKeepConfiguration=yes\\n' >" + drop
                        + "/halcyon.conf && networkctl reload");
    }

    private String keeps(String file, String dropIns) throws IOException {
        String keeps = "";
        List<String> files = new ArrayList<>(List.of(file));
        files.addAll(List.of(dropIns.replace("\"", "").split("[\\s:]+", -1)));
        for (String one : files) {
            String here = one.isEmpty() ? "" : value(lines(one), "KeepConfiguration");
            keeps = here.isEmpty() ? keeps : here;
        }
        return keeps;
    }

    private void networkManager(String name, String index, Situation situation, Sheet sheet) throws IOException {
        String managed = value(lines("/run/NetworkManager/devices/" + index), "managed");
        if (!managed.equals("true") && !managed.equals("1")) {
            return;
        }
        String removals = removals(situation, name);
        sheet.found(
                removals.isEmpty() ? Severity.INFO : Severity.WARNING,
                situation.namesOn(name),
                "NetworkManager manages " + name + " (/run/NetworkManager/devices/" + index + ": managed=" + managed
                        + ")" + removals,
                "whenever it activates or reapplies its connection it removes addresses that it did not add; ours come back at once,"
                        + " but are gone for a moment",
                "nmcli device set " + name + " managed no (to keep it: [keyfile] unmanaged-devices=interface-name:"
                        + name
                        + " in /etc/NetworkManager/conf.d/90-halcyon.conf, and the host's own address by other means)");
    }

    /** How often addresses on the interface were taken away, as far back as events go. */
    private static String removals(Situation situation, String name) {
        List<String> routers =
                situation.routersOn(name).stream().map(RouterStatus::name).toList();
        long removed = situation.events().stream()
                .filter(record -> record.event() instanceof Event.AddressTrouble trouble
                        && routers.contains(trouble.object())
                        && trouble.what().contains(REMOVED))
                .count();
        return removed == 0 ? "" : "; addresses removed by somebody else since the start: " + removed;
    }

    private List<String> lines(String file) throws IOException {
        return tree.text(file).orElse("").lines().map(String::strip).toList();
    }

    private static String value(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key + "="))
                .reduce((first, last) -> last)
                .map(line -> line.substring(key.length() + 1).strip())
                .orElse("");
    }

    private static String base(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
