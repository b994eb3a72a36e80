package io.halcyon.check.ping;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who is asked. An address is taken as it is; a name is looked up at every look.
 *
 * @param text as it was written
 * @param address null if it is a name
 * @param device the interface behind a percent sign, empty if there is none
 */
record PingHost(String text, @Nullable InetAddress address, String device) {

    private static final String ALLOWED = "the address of one host, or a host name";
    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final Pattern NAME = Pattern.compile("(?=.{1,253}$)[\\w-]{1,63}(\\.[\\w-]{1,63})*\\.?");
    private static final Pattern NUMBERS = Pattern.compile("[\\d.]+");
    /** As the kernel takes them. */
    private static final Pattern DEVICE = Pattern.compile("[^\\s/:%]{1,15}");

    /**
     * Reads a host.
     *
     * @throws IllegalArgumentException saying what is allowed
     */
    static PingHost of(String text) {
        int percent = text.indexOf('%');
        if (percent < 0
                && NAME.matcher(text).matches()
                && !NUMBERS.matcher(text).matches()) {
            return new PingHost(text, null, "");
        }
        var address = literal(percent < 0 ? text : text.substring(0, percent));
        var device = percent < 0 ? "" : text.substring(percent + 1);
        if (!isOneHost(address) || (percent >= 0 && !isDevice(device))) {
            throw new IllegalArgumentException(ALLOWED);
        }
        return new PingHost(text, address, device);
    }

    /** An address that is written as one; nobody is asked. */
    static InetAddress literal(String text) {
        boolean six = IPV6.matcher(text).matches();
        if (!six && !IPV4.matcher(text).matches()) {
            throw new IllegalArgumentException(ALLOWED);
        }
        try {
            return InetAddress.getByName(six ? '[' + text + ']' : text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(ALLOWED, e);
        }
    }

    static boolean isOneHost(InetAddress address) {
        return !address.isMulticastAddress() && !address.isAnyLocalAddress();
    }

    static boolean isDevice(String name) {
        return DEVICE.matcher(name).matches();
    }
}
