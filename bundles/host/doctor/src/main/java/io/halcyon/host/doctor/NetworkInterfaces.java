package io.halcyon.host.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The interfaces of our network namespace, as {@code ip} tells them: sysfs may be that of another namespace. Immutable. */
record NetworkInterfaces(List<Value> all) {

    static NetworkInterfaces read(Commands commands) throws IOException {
        return new NetworkInterfaces(
                Value.parse(commands.run(List.of("ip", "-d", "-j", "addr"))).members());
    }

    Optional<Value> named(String name) {
        return all.stream().filter(one -> one.get("ifname").text().equals(name)).findFirst();
    }

    static boolean has(Value networkInterface, String flag) {
        return networkInterface.get("flags").members().stream()
                .anyMatch(one -> one.text().equals(flag));
    }

    static String kind(Value networkInterface) {
        return networkInterface.get("linkinfo").get("info_kind").text();
    }

    /** The interface itself and what lies below it or takes it as a port, nearest first. */
    List<Value> chain(String name) {
        List<Value> chain = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        List<String> next = new ArrayList<>(List.of(name));
        while (!next.isEmpty()) {
            String one = next.remove(0);
            Optional<Value> found = named(one);
            if (found.isEmpty() || !seen.add(one)) {
                continue;
            }
            chain.add(found.get());
            next.add(found.get().get("master").text());
            // The peer of a veth is no interface below it.
            if (!kind(found.get()).equals("veth")) {
                next.add(found.get().get("link").text());
            }
        }
        return chain;
    }

    /** All IPv4 addresses of this host. */
    Set<String> ours() {
        return all.stream()
                .flatMap(one -> one.get("addr_info").members().stream())
                .filter(one -> one.get("family").text().equals("inet"))
                .map(one -> one.get("local").text())
                .collect(Collectors.toSet());
    }

    /** The subnet of an address of the interface, or of its first IPv4 address. */
    Optional<AddressRange> subnet(String name, String address) {
        List<Value> addresses = named(name).stream()
                .flatMap(one -> one.get("addr_info").members().stream())
                .filter(one -> one.get("family").text().equals("inet"))
                .toList();
        return addresses.stream()
                .filter(one -> address.isEmpty() || one.get("local").text().equals(address))
                .findFirst()
                .map(one -> AddressRange.ofPrefix(
                        one.get("local").text(), (int) one.get("prefixlen").number()));
    }

    /** Whether a subnet of the interface, larger than one address, holds the address. */
    boolean subnetHolds(String name, String cidr) {
        AddressRange wanted = AddressRange.of(cidr.replaceAll("/.*", ""));
        return named(name).stream()
                .flatMap(one -> one.get("addr_info").members().stream())
                .filter(one -> one.get("family").text().equals("inet")
                        && one.get("prefixlen").number() < 32)
                .map(one -> AddressRange.ofPrefix(
                        one.get("local").text(), (int) one.get("prefixlen").number()))
                .anyMatch(subnet -> subnet.contains(wanted) == Truth.YES);
    }
}
