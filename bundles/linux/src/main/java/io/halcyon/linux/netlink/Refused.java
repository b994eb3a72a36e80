package io.halcyon.linux.netlink;

/**
 * A change the kernel did not make.
 *
 * @param position of the change in the list that was asked for
 * @param errno why
 * @param text the kernel's own words, or empty
 */
public record Refused(int position, int errno, String text) {}
