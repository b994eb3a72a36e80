package io.halcyon.lvs.engine.server;

import io.halcyon.settings.Endpoint;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.Transport;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Reads one member of {@code virtual.server}: an address, several, or a mark, each with what stands behind it. */
final class ServiceLine {

    static final String ALLOWED =
            "'ADDRESS PORT', 'FIRST-LAST PORT', 'NET/LENGTH PORT', or 'fwmark N' with 'inet6' behind"
                    + " it for IPv6; the port may be missing if connections are persistent";

    /** More than that are hardly meant: each is a service of its own. */
    static final int MOST_ADDRESSES = 4_096;

    private static final int MAX_PORT = 65_535;
    private static final int HEXADECIMAL = 16;

    private final Transport transport;
    private final boolean persistent;

    ServiceLine(Transport transport, boolean persistent) {
        this.transport = transport;
        this.persistent = persistent;
    }

    /** @throws IllegalArgumentException saying what is allowed */
    List<ServiceKey> services(String line) {
        String[] words = line.strip().split("\\s+", -1);
        if (words[0].equals("fwmark")) {
            return List.of(marked(words));
        }
        if (words.length > 2) {
            throw new IllegalArgumentException(ALLOWED);
        }
        int port = words.length == 2 ? port(words[1]) : 0;
        if (port == 0 && !persistent) {
            throw new IllegalArgumentException("a port behind the address, unless persistence.timeout is above 0");
        }
        List<ServiceKey> services = new ArrayList<>();
        for (InetAddress address : addresses(words[0])) {
            services.add(new ServiceKey.Addressed(transport, address, port));
        }
        return services;
    }

    /** @throws IllegalArgumentException saying what is allowed */
    static int port(String text) {
        int port = number(text, MAX_PORT);
        if (port < 1) {
            throw new IllegalArgumentException("a port from 1 to " + MAX_PORT);
        }
        return port;
    }

    private static ServiceKey marked(String[] words) {
        boolean family = words.length == 3 && (words[2].equals("inet") || words[2].equals("inet6"));
        int mark = words.length == 2 || family ? number(words[1], Integer.MAX_VALUE) : 0;
        if (mark < 1) {
            throw new IllegalArgumentException(ALLOWED + ", where N is from 1 to " + Integer.MAX_VALUE);
        }
        return new ServiceKey.Marked(mark, family && words[2].equals("inet6"));
    }

    private static List<InetAddress> addresses(String text) {
        if (text.contains("/")) {
            return net(text);
        }
        int dash = text.indexOf('-');
        if (dash < 0) {
            return List.of(address(text));
        }
        InetAddress first = address(text.substring(0, dash));
        return between(first, last(first, text.substring(dash + 1)));
    }

    /** {@code 192.0.2.9}, or the last part of it alone. */
    private static InetAddress last(InetAddress first, String text) {
        if (text.contains(".") || text.contains(":")) {
            return address(text);
        }
        byte[] octets = first.getAddress();
        boolean ipv4 = octets.length == 4;
        try {
            int part = Integer.parseInt(text, ipv4 ? 10 : HEXADECIMAL);
            if (part >= 0 && part <= (ipv4 ? 0xff : 0xffff)) {
                octets[octets.length - 1] = (byte) part;
                octets[octets.length - 2] = ipv4 ? octets[octets.length - 2] : (byte) (part >> Byte.SIZE);
                return InetAddress.getByAddress(octets);
            }
        } catch (NumberFormatException | UnknownHostException e) {
            throw new IllegalArgumentException(ALLOWED, e);
        }
        throw new IllegalArgumentException(ALLOWED);
    }

    private static List<InetAddress> net(String text) {
        int slash = text.indexOf('/');
        byte[] octets = address(text.substring(0, slash)).getAddress();
        int bits = octets.length * Byte.SIZE;
        int length = number(text.substring(slash + 1), bits);
        if (length < 0) {
            throw new IllegalArgumentException(ALLOWED + ", where LENGTH is at most " + bits);
        }
        BigInteger hosts = BigInteger.ONE.shiftLeft(bits - length).subtract(BigInteger.ONE);
        BigInteger first = new BigInteger(1, octets).andNot(hosts);
        return range(first, first.or(hosts), octets.length);
    }

    private static List<InetAddress> between(InetAddress first, InetAddress last) {
        byte[] from = first.getAddress();
        byte[] to = last.getAddress();
        if (from.length != to.length) {
            throw new IllegalArgumentException("a first and a last address of the same family");
        }
        return range(new BigInteger(1, from), new BigInteger(1, to), from.length);
    }

    private static List<InetAddress> range(BigInteger first, BigInteger last, int length) {
        BigInteger count = last.subtract(first).add(BigInteger.ONE);
        if (count.signum() <= 0 || count.compareTo(BigInteger.valueOf(MOST_ADDRESSES)) > 0) {
            throw new IllegalArgumentException("1 to " + MOST_ADDRESSES + " addresses, the lowest one first");
        }
        List<InetAddress> addresses = new ArrayList<>();
        for (BigInteger at = first; at.compareTo(last) <= 0; at = at.add(BigInteger.ONE)) {
            addresses.add(address(at, length));
        }
        return addresses;
    }

    private static InetAddress address(BigInteger number, int length) {
        byte[] octets = new byte[length];
        BigInteger rest = number;
        for (int i = length - 1; i >= 0; i--) {
            octets[i] = rest.byteValue();
            rest = rest.shiftRight(Byte.SIZE);
        }
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static InetAddress address(String text) {
        Endpoint endpoint = endpoint(text);
        InetAddress address = endpoint.address().getAddress();
        if (endpoint.isNamed() || address == null || address.isAnyLocalAddress() || address.isMulticastAddress()) {
            throw new IllegalArgumentException(ALLOWED);
        }
        return address;
    }

    private static Endpoint endpoint(String text) {
        try {
            return Endpoint.of(text, 0);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(ALLOWED, e);
        }
    }

    /** -1 if it is no number up to that. */
    private static int number(String text, int most) {
        try {
            int number = text.startsWith("+") ? -1 : Integer.parseInt(text);
            return number <= most ? number : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
