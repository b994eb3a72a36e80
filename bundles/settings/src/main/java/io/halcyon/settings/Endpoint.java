package io.halcyon.settings;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a service is, as people write it. What is written as an address is one and never asks anybody; a name stays a name,
 * for somebody who may wait for the answer.
 *
 * @param host address or name as it was written, without brackets
 * @param address unresolved if the host is a name
 */
public record Endpoint(String host, InetSocketAddress address) {

    private static final int MAX_PORT = 65_535;
    private static final String HOST_ALLOWED = "an address or a host name";
    private static final String ALLOWED =
            HOST_ALLOWED + ", and a port behind a colon; an IPv6 address with a port in brackets";
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern ADDRESS =
            Pattern.compile("(" + OCTET + "\\.){3}" + OCTET + "|[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

    /** The last label of a name is not a number; an address of one interface is looked up too, since that may be missing. */
    private static final Pattern NAME =
            Pattern.compile("([\\w-]{1,63}\\.)*(?!\\d+\\.?$)[\\w-]{1,63}\\.?|[0-9a-fA-F:.]+:[0-9a-fA-F:.]*%[\\w.-]+");

    private static final Pattern WITH_PORT = Pattern.compile("(\\[[^]]+]|[^:\\[\\]]+):(\\d{1,5})");

    /**
     * Reads a host.
     *
     * @param host address or name; an IPv6 address may be in brackets
     * @throws IllegalArgumentException saying what is allowed
     */
    public static Endpoint of(String host, int port) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (ADDRESS.matcher(bare).matches()) {
            return new Endpoint(bare, new InetSocketAddress(literal(bare), port));
        }
        if (!NAME.matcher(bare).matches()) {
            throw new IllegalArgumentException(HOST_ALLOWED);
        }
        return new Endpoint(bare, InetSocketAddress.createUnresolved(bare, port));
    }

    /**
     * Reads a host that may have a port behind it, such as {@code 10.0.0.1:25}, {@code mx.example.org} or {@code [::1]:25}.
     *
     * @param otherwise the port if there is none
     * @throws IllegalArgumentException saying what is allowed
     */
    public static Endpoint withPort(String text, int otherwise) {
        Matcher matcher = WITH_PORT.matcher(text);
        try {
            if (!matcher.matches()) {
                return of(text, otherwise);
            }
            int port = Integer.parseInt(matcher.group(2));
            if (port > 0 && port <= MAX_PORT) {
                return of(matcher.group(1), port);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(ALLOWED, e);
        }
        throw new IllegalArgumentException(ALLOWED);
    }

    public int port() {
        return address.getPort();
    }

    /** Whether it is a name and not an address. */
    public boolean isNamed() {
        return address.isUnresolved();
    }

    private static InetAddress literal(String address) {
        try {
            // Never asks DNS: it has a colon or is four numbers.
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(HOST_ALLOWED, e);
        }
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
