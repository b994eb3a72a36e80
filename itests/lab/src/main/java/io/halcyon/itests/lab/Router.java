package io.halcyon.itests.lab;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One virtual router as a case wants it, for whichever daemon is to run it.
 *
 * @param advertInt seconds, as both daemons write them
 * @param authPass simple text password of VRRPv2, empty for none
 * @param trackedFile file whose absence means failure, empty for no check
 * @param weight weight of that check
 */
public record Router(
        String name,
        int version,
        int vrid,
        int priority,
        String advertInt,
        List<String> addresses,
        String authPass,
        boolean nopreempt,
        String trackedFile,
        int weight) {

    /** Name of the check of {@link #trackedFile}. */
    public static final String CHECK = "chk_file";

    /** VRRPv2 at 1 s with the password of the tutorial. */
    public static Router version2(int vrid, int priority, String address) {
        return new Router("VI_" + vrid, 2, vrid, priority, "1", List.of(address), "1111", false, "", 0);
    }

    /** VRRPv3 at 0.1 s. */
    public static Router version3(int vrid, int priority, String address) {
        return new Router("VI_" + vrid, 3, vrid, priority, "0.1", List.of(address), "", false, "", 0);
    }

    public Router withPriority(int changed) {
        return new Router(name, version, vrid, changed, advertInt, addresses, authPass, nopreempt, trackedFile, weight);
    }

    public Router tracking(String file, int changed) {
        return new Router(name, version, vrid, priority, advertInt, addresses, authPass, nopreempt, file, changed);
    }

    public Router withoutPreemption() {
        return new Router(name, version, vrid, priority, advertInt, addresses, authPass, true, trackedFile, weight);
    }

    public Router withInterval(String seconds) {
        return new Router(name, version, vrid, priority, seconds, addresses, authPass, nopreempt, trackedFile, weight);
    }

    public Router withAddresses(List<String> changed) {
        return new Router(name, version, vrid, priority, advertInt, changed, authPass, nopreempt, trackedFile, weight);
    }

    /** The interval in milliseconds. */
    public double intervalMillis() {
        return Double.parseDouble(advertInt) * 1000;
    }

    /** RFC 3768: (256 - Priority) / 256 s; RFC 9568: of the interval. */
    public double skewMillis() {
        return (256 - priority) / 256.0 * (version == 2 ? 1000 : intervalMillis());
    }

    public double masterDownMillis() {
        return 3 * intervalMillis() + skewMillis();
    }

    /** keepalived.conf for these routers. */
    static String keepalived(String routerId, List<Router> routers) {
        var text = new StringBuilder(
                "global_defs {\n  router_id " + routerId + "\n  enable_script_security\n  script_user root\n}\n");
        routers.stream()
                .filter(router -> !router.trackedFile.isEmpty())
                .findFirst()
                .ifPresent(router -> text.append(
                        "vrrp_script %s {\n  script \"/usr/bin/test -e %s\"\n  interval 1\n  timeout 1\n  fall 1\n  rise 1\n  weight %d\n}\n"
                                .formatted(CHECK, router.trackedFile, router.weight)));
        routers.forEach(router -> router.keepalived(text));
        return text.toString();
    }

    private void keepalived(StringBuilder text) {
        text.append("vrrp_instance ").append(name).append(" {\n");
        line(text, "state BACKUP");
        line(text, "interface " + Lab.INTERFACE);
        line(text, "version " + version);
        line(text, "virtual_router_id " + vrid);
        line(text, "priority " + priority);
        line(text, "advert_int " + advertInt);
        if (nopreempt) {
            line(text, "nopreempt");
        }
        if (!authPass.isEmpty()) {
            line(text, "authentication {\n    auth_type PASS\n    auth_pass " + authPass + "\n  }");
        }
        if (!trackedFile.isEmpty()) {
            line(text, "track_script {\n    " + CHECK + "\n  }");
        }
        line(text, "virtual_ipaddress {\n    " + prefixed("\n    ") + "\n  }");
        text.append("}\n");
    }

    /** Addresses of the LAN have its prefix length; others are on their own. */
    private String prefixed(String separator) {
        return addresses.stream()
                .map(address -> address + (address.startsWith("192.168.88.") ? "/24" : "/32"))
                .collect(Collectors.joining(separator));
    }

    private static void line(StringBuilder text, String line) {
        text.append("  ").append(line).append('\n');
    }

    /** {@code etc/io.halcyon.vrrp-NAME.cfg}. */
    String halcyon() {
        var text = new StringBuilder();
        text.append("interface = ").append(Lab.INTERFACE).append('\n');
        text.append("version = ").append(version).append('\n');
        text.append("virtual.router.id = ").append(vrid).append('\n');
        text.append("priority = ").append(priority).append('\n');
        text.append("advert.int = ").append(advertInt).append('\n');
        text.append("virtual.ipaddress = ").append(prefixed(", ")).append('\n');
        if (nopreempt) {
            text.append("nopreempt = true\n");
        }
        if (!authPass.isEmpty()) {
            text.append("auth.type = PASS\nauth.pass = ").append(authPass).append('\n');
        }
        if (!trackedFile.isEmpty()) {
            text.append("track.script = ")
                    .append(CHECK)
                    .append(" weight ")
                    .append(weight)
                    .append('\n');
        }
        return text.toString();
    }

    /** {@code etc/io.halcyon.check-chk_file.cfg}. */
    String halcyonCheck() {
        return "type = exec\nscript = /usr/bin/test -e " + trackedFile
                + "\ninterval = 1\ntimeout = 0.9\nrise = 1\nfall = 1\n";
    }
}
