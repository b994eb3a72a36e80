package io.halcyon.console.shell.page;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and a port as somebody typed them.
 *
 * @param host without brackets
 * @param port 0 if there is none
 */
record HostPort(String host, int port) {

    private static final Pattern BRACKETS = Pattern.compile("\\[([0-9a-fA-F:.%\\w]+)](?::(\\d{1,5}))?");
    private static final Pattern PLAIN = Pattern.compile("([\\w.-]+)(?::(\\d{1,5}))?");
    private static final Pattern BARE_IPV6 =
            Pattern.compile("([0-9a-fA-F]*:[0-9a-fA-F.:]*:[0-9a-fA-F.:]*(?:%\\w+)?)()");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");
    private static final int PORT_MOST = 65_535;

    static HostPort of(String option, String text) {
        for (Pattern pattern : new Pattern[] {BRACKETS, PLAIN, BARE_IPV6}) {
            Matcher parts = pattern.matcher(text);
            if (parts.matches()) {
                String port = parts.group(2);
                int number = port == null || port.isEmpty() ? 0 : Integer.parseInt(port);
                if (number <= PORT_MOST) {
                    return new HostPort(parts.group(1), number);
                }
            }
        }
        throw new IllegalArgumentException(option + " " + text
                + " is refused: allowed is a host name or an address, and a port behind a colon, such as"
                + " 192.0.2.11:8080 or [2001:db8::11]:8080");
    }

    boolean isAddress() {
        return ADDRESS.matcher(host).matches();
    }

    /** The same with that port, if it has none. */
    HostPort orPort(int preset) {
        return port == 0 ? new HostPort(host, preset) : this;
    }

    @Override
    public String toString() {
        String written = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return port == 0 ? written : written + ":" + port;
    }
}
