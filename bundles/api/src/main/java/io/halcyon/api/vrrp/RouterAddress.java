package io.halcyon.api.vrrp;

/**
 * One address of a router.
 *
 * @param cidr {@code 192.168.88.50/24}
 * @param dev interface that carries it
 * @param excluded whether it moves without being advertised (more addresses than a packet carries)
 * @param held whether the router holds it now
 */
public record RouterAddress(String cidr, String dev, boolean excluded, boolean held) {}
