package io.halcyon.spi.dataplane;

/** What a scheduler may be told besides; the kernel's bits are 1, 2 and 4 shifted by three (linux/ip_vs.h). */
public enum SchedulerFlag {
    /** {@code flag-1}: {@code sh-fallback}, {@code mh-fallback}. */
    FLAG_1,
    /** {@code flag-2}: {@code sh-port}, {@code mh-port}. */
    FLAG_2,
    /** {@code flag-3}. */
    FLAG_3
}
