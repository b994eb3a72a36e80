package io.halcyon.api.vip;

/**
 * A virtual address as the kernel has it.
 *
 * @param cidr {@code 192.168.88.50/24}
 * @param dev interface
 * @param owner router that wants it, empty for a left-over of a crashed run
 * @param state {@code present}, {@code missing}, {@code left-over}, {@code foreign} (there before us, not ours to remove)
 * @param leaseSeconds configured lease, 0 if off
 * @param expiresInMillis time until the kernel removes it if nobody renews, -1 for never
 * @param note what happened to it last, for a person; may be empty
 */
public record AddressStatus(
        String cidr, String dev, String owner, String state, long leaseSeconds, long expiresInMillis, String note) {}
