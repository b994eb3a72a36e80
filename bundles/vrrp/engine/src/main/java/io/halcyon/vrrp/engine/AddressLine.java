package io.halcyon.vrrp.engine;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.settings.Endpoint;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one line of {@code virtual.ipaddress}: {@code IP[/LEN] [dev IF] [brd IP|+|-] [scope SCOPE] [label LABEL]}. */
final class AddressLine {

    static final String FORM =
            "IP[/LEN] [dev IF] [brd IP|+|-] [scope global|site|link|host|nowhere|0-255] [label LABEL]";

    private static final Map<String, Integer> SCOPES =
            Map.of("global", 0, "site", 200, "link", 253, "host", 254, "nowhere", 255);

    private @Nullable String dev;
    private @Nullable String label;
    private @Nullable String broadcast;
    private int scope = VirtualAddress.SCOPE_GLOBAL;

    private AddressLine() {}

    /**
     * @throws IllegalArgumentException with what is wrong with the line, for a person
     */
    static VirtualAddress parse(String line) {
        Deque<String> words = new ArrayDeque<>(List.of(line.trim().split("\\s+")));
        String cidr = words.remove();
        AddressLine attributes = new AddressLine();
        while (!words.isEmpty()) {
            String word = words.remove();
            if (words.isEmpty()) {
                throw new IllegalArgumentException("'" + word + "' lacks its value");
            }
            attributes.read(word, words.remove());
        }
        return attributes.address(cidr);
    }

    private void read(String word, String value) {
        switch (word) {
            case "dev" -> dev = value;
            case "label" -> label = value;
            case "brd", "broadcast" -> broadcast = value;
            case "scope" -> scope = scope(value);
            default -> throw new IllegalArgumentException("'" + word + "' is not known");
        }
    }

    private VirtualAddress address(String cidr) {
        int slash = cidr.indexOf('/');
        InetAddress address = literal(slash < 0 ? cidr : cidr.substring(0, slash));
        int bits = address.getAddress().length * Byte.SIZE;
        int prefixLength = slash < 0 ? bits : number(cidr.substring(slash + 1), "prefix length");
        return new VirtualAddress(address, prefixLength, dev, label, scope, broadcast(address, prefixLength));
    }

    private @Nullable InetAddress broadcast(InetAddress address, int prefixLength) {
        if (broadcast == null || broadcast.equals("-")) {
            return null;
        }
        if (!broadcast.equals("+")) {
            return literal(broadcast);
        }
        byte[] octets = address.getAddress();
        for (int bit = prefixLength; bit < octets.length * Byte.SIZE; bit++) {
            octets[bit / Byte.SIZE] |= (byte) (0x80 >>> (bit % Byte.SIZE));
        }
        return byOctets(octets);
    }

    private static int scope(String value) {
        Integer named = SCOPES.get(value);
        return named != null ? named : number(value, "scope");
    }

    private static int number(String text, String what) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(what + " '" + text + "' is not a number", e);
        }
    }

    /** An address by its digits; a host name is never looked up. */
    static InetAddress literal(String text) {
        boolean six = text.indexOf(':') >= 0;
        try {
            InetAddress address = Endpoint.of(text, 0).address().getAddress();
            if (!text.startsWith("[") && (six ? address instanceof Inet6Address : address != null)) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Neither an address nor a name; the sentence is the same.
        }
        throw new IllegalArgumentException("'" + text + "' is not an IP address");
    }

    private static InetAddress byOctets(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
