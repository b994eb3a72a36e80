package io.halcyon.vrrp.engine;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import io.halcyon.settings.Schema;
import io.halcyon.vrrp.engine.loop.RouterSettings;
import io.halcyon.vrrp.engine.loop.Track;
import io.halcyon.vrrp.protocol.ChecksumForm;
import io.halcyon.vrrp.protocol.GarpConfig;
import io.halcyon.vrrp.protocol.RouterConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Turns the text of one {@code io.halcyon.vrrp-NAME.cfg} into checked settings. Stateless. */
final class RouterParser {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final int OWNER = 255;
    private static final int PASSWORD_LENGTH = 8;
    private static final int LONGEST_INTERFACE = 15;
    private static final int LONGEST_LEASE_SECONDS = 3600;

    private final Schema<RouterKeys> schema = Schema.of(RouterKeys.class);

    RouterSettings parse(ConfigText text) throws Refusal {
        text.requireKnown(List.of(schema));
        RouterKeys keys = text.bind(schema);
        if (keys.interface$().length() > LONGEST_INTERFACE || keys.interface$().isBlank()) {
            throw text.refuse("interface", "an interface name of 1 to 15 characters");
        }
        List<VirtualAddress> advertised = addresses(text, "virtual.ipaddress", keys.virtual_ipaddress());
        List<VirtualAddress> excluded =
                addresses(text, "virtual.ipaddress.excluded", keys.virtual_ipaddress_excluded());
        requireIpv4(text, advertised);
        requireDistinct(text, advertised, excluded);
        if (advertised.isEmpty()) {
            throw text.refuse("virtual.ipaddress", "at least one IPv4 address, " + AddressLine.FORM);
        }
        List<Track> tracks = new ArrayList<>();
        tracks.addAll(tracks(text, "track.script", Track.Kind.SCRIPT, keys.track_script()));
        tracks.addAll(tracks(text, "track.interface", Track.Kind.INTERFACE, keys.track_interface()));
        RouterConfig protocol = protocol(text, keys, advertised);
        long leaseSeconds = leaseSeconds(text, keys.lease(), protocol);
        return new RouterSettings(
                text.object(),
                keys.interface$(),
                protocol.withGarp(garp(keys, leaseSeconds)),
                advertised,
                excluded,
                tracks,
                keys.transport(),
                keys.vip(),
                leaseSeconds);
    }

    private static RouterConfig protocol(ConfigText text, RouterKeys keys, List<VirtualAddress> advertised)
            throws Refusal {
        int version = Integer.parseInt(keys.version());
        boolean owner = keys.priority() == OWNER
                || (!text.has("priority") && keys.state().equals("MASTER"));
        return new RouterConfig(
                keys.virtual_router_id(),
                version,
                owner ? OWNER : keys.priority(),
                intervalCentis(text, version, keys.advert_int()),
                !keys.nopreempt(),
                nanos(keys.preempt_delay()),
                keys.down_timer_adverts(),
                authPass(text, version, keys),
                keys.v3_checksum_as_v2() ? ChecksumForm.MESSAGE_ONLY : ChecksumForm.PSEUDO_HEADER,
                advertised.stream()
                        .limit(RouterSettings.MOST_ADDRESSES)
                        .map(VirtualAddress::address)
                        .toList(),
                GarpConfig.DEFAULT);
    }

    private static GarpConfig garp(RouterKeys keys, long leaseSeconds) {
        double lowerDelay = keys.garp_lower_prio_delay() < 0 ? keys.garp_master_delay() : keys.garp_lower_prio_delay();
        int lowerRepeat = keys.garp_lower_prio_repeat() < 0 ? keys.garp_master_repeat() : keys.garp_lower_prio_repeat();
        return new GarpConfig(
                nanos(keys.garp_master_delay()),
                keys.garp_master_repeat(),
                nanos(keys.garp_master_refresh()),
                keys.garp_master_refresh_repeat(),
                nanos(lowerDelay),
                lowerRepeat,
                // A peer has the lease that we have; without one, a dead peer answers for ever and no repetition helps.
                leaseSeconds > 0 ? leaseSeconds * LeaseLength.NANOS_PER_SECOND + LeaseLength.KERNEL_LATE_NANOS : 0);
    }

    private static int intervalCentis(ConfigText text, int version, double seconds) throws Refusal {
        double centis = seconds * 100;
        long whole = Math.round(centis);
        if (version == 2 && seconds != Math.rint(seconds)) {
            throw text.refuse("advert.int", "whole seconds 1-255 with version = 2; fractions need version = 3");
        }
        if (version == 3 && (Math.abs(centis - whole) > 1e-6 || whole < 1 || whole > 4095)) {
            throw text.refuse("advert.int", "0.01-40.95 in steps of 0.01 with version = 3");
        }
        return (int) whole;
    }

    private static String authPass(ConfigText text, int version, RouterKeys keys) throws Refusal {
        boolean pass = keys.auth_type().equals("PASS");
        String password = keys.auth_pass() == null ? "" : keys.auth_pass();
        if (pass && version != 2) {
            throw text.refuse("auth.type", "none with version = 3, which has no authentication (RFC 9568 section 9)");
        }
        if (pass && password.isEmpty()) {
            throw text.refuse("auth.pass", "a password, or auth.pass.file, with auth.type = PASS");
        }
        if (pass && !password.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw text.refuse("auth.pass", "printable ASCII characters without blanks");
        }
        return pass ? password.substring(0, Math.min(PASSWORD_LENGTH, password.length())) : "";
    }

    private static long leaseSeconds(ConfigText text, String lease, RouterConfig protocol) throws Refusal {
        if (lease.equals("off")) {
            return 0;
        }
        if (lease.equals("on")) {
            return LeaseLength.seconds(protocol);
        }
        try {
            long seconds = Long.parseLong(lease);
            if (seconds >= LeaseLength.SHORTEST_SECONDS && seconds <= LONGEST_LEASE_SECONDS) {
                return seconds;
            }
        } catch (NumberFormatException e) {
            throw text.refuse("lease", "on, off, or seconds 2-3600");
        }
        throw text.refuse("lease", "on, off, or seconds 2-3600");
    }

    private static List<VirtualAddress> addresses(ConfigText text, String key, String[] lines) throws Refusal {
        return lines(text, key, lines, AddressLine::parse, AddressLine.FORM);
    }

    private static List<Track> tracks(ConfigText text, String key, Track.Kind kind, String[] lines) throws Refusal {
        return lines(text, key, lines, line -> TrackLine.parse(kind, line), TrackLine.FORM);
    }

    private static <T> List<T> lines(
            ConfigText text, String key, String[] lines, Function<String, T> parser, String form) throws Refusal {
        List<T> parsed = new ArrayList<>();
        for (String line : lines == null ? new String[0] : lines) {
            try {
                parsed.add(parser.apply(line));
            } catch (IllegalArgumentException e) {
                throw text.refuse(key, form + " (" + e.getMessage() + ")");
            }
        }
        return parsed;
    }

    private static void requireIpv4(ConfigText text, List<VirtualAddress> advertised) throws Refusal {
        for (VirtualAddress address : advertised) {
            if (address.isIpv6()) {
                throw text.refuse(
                        "virtual.ipaddress",
                        "IPv4 addresses; " + address.address().getHostAddress()
                                + " belongs to virtual.ipaddress.excluded, where it moves without being advertised");
            }
        }
    }

    private static void requireDistinct(ConfigText text, List<VirtualAddress> advertised, List<VirtualAddress> excluded)
            throws Refusal {
        Set<Object> seen = new HashSet<>();
        for (List<VirtualAddress> list : List.of(advertised, excluded)) {
            for (VirtualAddress address : list) {
                if (!seen.add(address.address())) {
                    throw text.refuse(
                            list == advertised ? "virtual.ipaddress" : "virtual.ipaddress.excluded",
                            "each address once; " + address.address().getHostAddress() + " is there twice");
                }
            }
        }
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * NANOS_PER_SECOND);
    }
}
