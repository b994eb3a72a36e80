package io.halcyon.vrrp.engine.loop;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.spi.link.Link;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a configuration is likely not meant to do. Stateless. */
final class Warnings {

    /** Priorities of two hosts usually differ by this much or more. */
    private static final int USUAL_GAP = 10;

    private Warnings() {}

    static List<String> of(LoopRouter router) {
        List<String> warnings = new ArrayList<>();
        weight(router, warnings);
        RouterSettings settings = router.settings();
        for (VirtualAddress address : settings.addresses()) {
            Link link = router.parts().attachment().link(settings.interfaceOf(address));
            if (link != null) {
                primary(address, link, warnings);
                configuredTwice(router, address, link, warnings);
            }
        }
        return warnings;
    }

    /** A weight that does not carry the priority past the peer's never moves an address. */
    private static void weight(LoopRouter router, List<String> warnings) {
        int swing = router.parts().tracks().swing();
        if (swing == 0 || router.basePriority() == 255) {
            return;
        }
        int[] range = router.parts().tracks().range(router.basePriority());
        Boolean heard = router.parts().journal().heardWithin(range[0], range[1]);
        boolean useless = heard == null ? swing < USUAL_GAP : !heard && swing < USUAL_GAP;
        if (useless) {
            warnings.add(
                    "track.script: the weights move the priority only between " + range[0] + " and " + range[1]
                            + ", so a failed check never changes who is master unless a peer's priority lies in between;"
                            + " use a negative weight larger than the gap between the hosts (weight -20), or weight 0 for FAULT");
        }
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

    private static void configuredTwice(LoopRouter router, VirtualAddress address, Link link, List<String> warnings) {
        boolean leased = router.settings().leaseSeconds() > 0
                && router.parts().addresses().account().kernelLease();
        boolean foreign = link.addresses().stream()
                .anyMatch(held ->
                        held.permanent() && !held.ours() && held.address().equals(address.address()));
        if (foreign && leased) {
            warnings.add(address.cidr() + " is also configured on " + link.name()
                    + " by somebody else: it stays there whoever is master, so two hosts answer for it");
        }
    }
}
