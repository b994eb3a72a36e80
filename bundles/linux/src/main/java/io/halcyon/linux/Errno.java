package io.halcyon.linux;

import java.util.Map;
import java.util.TreeMap;

/** Error numbers of system calls, as {@code errno(3)} names them. */
public final class Errno {

    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int ESRCH = 3;
    public static final int EINTR = 4;
    public static final int EIO = 5;
    public static final int ENXIO = 6;
    public static final int E2BIG = 7;
    public static final int ENOEXEC = 8;
    public static final int EBADF = 9;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EACCES = 13;
    public static final int EBUSY = 16;
    public static final int EEXIST = 17;
    public static final int ENODEV = 19;
    public static final int EINVAL = 22;
    public static final int ENFILE = 23;
    public static final int EMFILE = 24;
    public static final int EPIPE = 32;
    public static final int ERANGE = 34;
    public static final int ENOSYS = 38;
    public static final int ELOOP = 40;
    public static final int EMSGSIZE = 90;
    public static final int EPROTOTYPE = 91;
    public static final int EPROTONOSUPPORT = 93;
    public static final int EOPNOTSUPP = 95;
    public static final int EAFNOSUPPORT = 97;
    public static final int EADDRINUSE = 98;
    public static final int EADDRNOTAVAIL = 99;
    public static final int ENETDOWN = 100;
    public static final int ENETUNREACH = 101;
    public static final int ENOBUFS = 105;
    public static final int ETIMEDOUT = 110;
    public static final int ECONNREFUSED = 111;
    public static final int EHOSTUNREACH = 113;

    private record Entry(String name, String meaning) {}

    private static final Map<Integer, Entry> ENTRIES = new TreeMap<>();

    static {
        add(EPERM, "EPERM", "not permitted; run as root or grant CAP_NET_RAW and CAP_NET_ADMIN");
        add(ENOENT, "ENOENT", "no such file or object");
        add(ESRCH, "ESRCH", "no such process or route");
        add(EINTR, "EINTR", "interrupted");
        add(EIO, "EIO", "input or output error");
        add(ENXIO, "ENXIO", "no such device or address");
        add(E2BIG, "E2BIG", "arguments and variables are too long");
        add(ENOEXEC, "ENOEXEC", "neither a program nor a script that starts with #!");
        add(EBADF, "EBADF", "the descriptor is closed");
        add(EAGAIN, "EAGAIN", "the kernel's queue is full or empty; try again");
        add(ENOMEM, "ENOMEM", "the kernel has no memory left");
        add(EACCES, "EACCES", "access denied; check the file's mode and the address, or run as root");
        add(EBUSY, "EBUSY", "in use");
        add(EEXIST, "EEXIST", "exists already");
        add(ENODEV, "ENODEV", "no such interface; check its name with 'ip link'");
        add(EINVAL, "EINVAL", "the kernel does not accept a value");
        add(ENFILE, "ENFILE", "too many open files on this machine");
        add(EMFILE, "EMFILE", "too many open files in this process; raise 'ulimit -n'");
        add(EPIPE, "EPIPE", "nobody reads at the other end");
        add(ERANGE, "ERANGE", "a value is out of range");
        add(ENOSYS, "ENOSYS", "this kernel does not have the call");
        add(ELOOP, "ELOOP", "a symbolic link where none may be");
        add(EMSGSIZE, "EMSGSIZE", "larger than the interface's MTU");
        add(EPROTOTYPE, "EPROTOTYPE", "the socket is there, but of another type");
        add(EPROTONOSUPPORT, "EPROTONOSUPPORT", "this kernel does not have the protocol");
        add(EOPNOTSUPP, "EOPNOTSUPP", "not supported by this kernel or interface");
        add(EAFNOSUPPORT, "EAFNOSUPPORT", "the kernel does not have the address family");
        add(EADDRINUSE, "EADDRINUSE", "the address is in use");
        add(EADDRNOTAVAIL, "EADDRNOTAVAIL", "no interface has the address; check with 'ip addr'");
        add(ENETDOWN, "ENETDOWN", "the interface is down; 'ip link set DEV up' brings it up");
        add(ENETUNREACH, "ENETUNREACH", "no route; does the interface have an address?");
        add(ENOBUFS, "ENOBUFS", "the kernel's send or receive queue is full");
        add(ETIMEDOUT, "ETIMEDOUT", "no answer in time");
        add(ECONNREFUSED, "ECONNREFUSED", "nobody listens there");
        add(EHOSTUNREACH, "EHOSTUNREACH", "no route to the host");
    }

    private Errno() {}

    /** {@code EPERM} and so on; {@code errno N} for a number that has no entry here. */
    public static String name(int errno) {
        Entry entry = ENTRIES.get(errno);
        return entry == null ? "errno " + errno : entry.name();
    }

    /** What it means and, where that helps, what to do; a sentence without a full stop. */
    static String meaning(int errno) {
        Entry entry = ENTRIES.get(errno);
        return entry == null ? "see errno(3)" : entry.meaning();
    }

    private static void add(int errno, String name, String meaning) {
        ENTRIES.put(errno, new Entry(name, meaning));
    }
}
