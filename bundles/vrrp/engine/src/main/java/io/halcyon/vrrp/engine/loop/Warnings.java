package io.halcyon.vrrp.engine.loop;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.spi.link.Link;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a configuration is likely not meant to do. Stateless. */
final class Warnings {

    /** Priorities of two hosts usually differ by this much or more. */
    private static final int USUAL_GAP = 10;

    private static final int OWNER = 255;

    private Warnings() {}

    static List<String> of(LoopRouter router) {
        RouterParts parts = router.parts();
        List<String> warnings = new ArrayList<>();
        int[] range = parts.tracks().range(router.basePriority());
        if (router.basePriority() != OWNER && parts.tracks().swing() != 0) {
            warnings.addAll(weight(range[0], range[1], parts.peers(), router.source()));
        }
        boolean leased = router.settings().leaseSeconds() > 0
                && parts.addresses().account().kernelLease();
        warnings.addAll(addresses(router.settings(), leased, parts.addresses().holding(), parts.attachment()::link));
        return warnings;
    }

    static List<String> addresses(
            RouterSettings settings, boolean leased, boolean holding, Function<String, @Nullable Link> interfaces) {
        List<String> warnings = new ArrayList<>();
        for (VirtualAddress address : settings.addresses()) {
            Link link = interfaces.apply(settings.interfaceOf(address));
            if (link != null) {
                primary(address, link, warnings);
                // Without a lease, only newer kernels tell what we put there ourselves from what others did.
                if (leased || !holding) {
                    configuredTwice(address, link, warnings);
                }
            }
        }
        return warnings;
    }

    /**
     * A weight that carries the priority past no peer's never moves an address.
     *
     * @param low what trackers can make of the priority at worst
     * @param high and at best
     * @param source our address, null as long as there is none
     */
    static List<String> weight(int low, int high, HeardPeers peers, @Nullable InetAddress source) {
        boolean unheard = peers.isEmpty();
        boolean useful = (unheard || source == null) ? high - low >= USUAL_GAP : peers.dependsOn(low, high, source);
        if (useful) {
            return List.of();
        }
        return List.of("track.script: the weights move the priority only between " + low + " and " + high
                + ", so a failed check never changes who is master"
                + (unheard ? " unless a peer's priority lies in between" : ": peers advertised " + peers)
                + "; use a negative weight larger than the gap between the hosts (weight -20), or weight 0 for FAULT");
    }

    /** The kernel drops a subnet's other addresses with its primary one. */
    private static void primary(VirtualAddress address, Link link, List<String> warnings) {
        boolean subnet = !address.isIpv6() && address.prefixLength() < 32;
        if (!link.promoteSecondaries() && subnet && !hostHasAddressIn(address, link)) {
            warnings.add(address.cidr() + " is the primary address of its subnet on " + link.name()
                    + " and promote_secondaries is off: when it goes, the kernel removes every other address of that"
                    + " subnet with it; give it /32 or set net.ipv4.conf." + link.name() + ".promote_secondaries = 1");
        }
    }

    private static boolean hostHasAddressIn(VirtualAddress wanted, Link link) {
        return link.addresses().stream()
                .anyMatch(held -> !held.ours()
                        && held.prefixLength() == wanted.prefixLength()
                        && samePrefix(held.address(), wanted.address(), wanted.prefixLength()));
    }

    private static boolean samePrefix(InetAddress one, InetAddress other, int bits) {
        byte[] a = one.getAddress();
        byte[] b = other.getAddress();
        if (a.length != b.length || !Arrays.equals(a, 0, bits / 8, b, 0, bits / 8)) {
            return false;
        }
        int rest = bits % 8;
        return rest == 0 || ((a[bits / 8] ^ b[bits / 8]) & 0xff) >>> (8 - rest) == 0;
    }

    private static void configuredTwice(VirtualAddress address, Link link, List<String> warnings) {
        boolean foreign = link.addresses().stream()
                .anyMatch(held ->
                        held.permanent() && !held.ours() && held.address().equals(address.address()));
        if (foreign) {
            warnings.add(address.cidr() + " is also configured on " + link.name()
                    + " by somebody else: it stays there whoever is master, so two hosts answer for it");
        }
    }
}
