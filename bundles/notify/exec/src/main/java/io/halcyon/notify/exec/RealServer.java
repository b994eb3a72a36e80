package io.halcyon.notify.exec;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** A real server as events name it: {@code [address]:protocol:port}. An address may be written in more than one way. */
record RealServer(InetAddress address, String protocol, int port) {

    static final String ALLOWED = "[address]:protocol:port, such as [192.0.2.71]:tcp:80";

    private static final Pattern WRITTEN =
            Pattern.compile("\\[((?:\\d{1,3}\\.){3}\\d{1,3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)]:([a-z]+):(\\d{1,5})");

    /** Never asks for a name. */
    static Optional<RealServer> of(String text) {
        var written = WRITTEN.matcher(text);
        if (!written.matches()) {
            return Optional.empty();
        }
        try {
            var address = InetAddress.getByName(written.group(1));
            int port = Integer.parseInt(written.group(3));
            return port > 0xffff ? Optional.empty() : Optional.of(new RealServer(address, written.group(2), port));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
