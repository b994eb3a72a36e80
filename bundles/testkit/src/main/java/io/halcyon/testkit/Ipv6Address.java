package io.halcyon.testkit;

/** Puts IPv6 addresses on devices of the calling thread's namespace. */
public final class Ipv6Address {

    private Ipv6Address() {}

    /**
     * Puts an address on a device and waits until packets for it are taken. The kernel reports it as put before that: also
     * without the detection of duplicates, its local route is the work of a thread of the kernel's that may come later.
     *
     * @param prefix the address with its prefix length, such as {@code 2001:db8::9/128}
     * @return the address without the length
     */
    public static String add(String prefix, String device) throws Exception {
        Command.line("ip addr add " + prefix + " dev " + device + " nodad");
        String address = prefix.substring(0, prefix.indexOf('/'));
        Await.until(prefix + " is local on " + device, () -> !Command.line(
                        "ip -6 route show table local type local dev " + device + " " + address)
                .isEmpty());
        return address;
    }
}
