package io.halcyon.lvs.engine;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashSet;
import java.util.Set;

/** Addresses of this host. */
interface LocalAddresses {

    /** All of them, without a scope. */
    Set<InetAddress> now() throws SocketException;

    /** Asks the kernel. */
    static Set<InetAddress> ofKernel() throws SocketException {
        var all = new HashSet<InetAddress>();
        var interfaces = NetworkInterface.getNetworkInterfaces();
        while (interfaces.hasMoreElements()) {
            interfaces.nextElement().inetAddresses().forEach(all::add);
        }
        return all;
    }
}
